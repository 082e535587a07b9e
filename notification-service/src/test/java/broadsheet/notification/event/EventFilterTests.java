package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.notification.ArticleEvents;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTests {

    private static final PublicEvent PUBLISHED = event(ArticleEvents.published("7", "campus"));
    private static final PublicEvent WITHDRAWN = event(ArticleEvents.withdrawn("7", "campus"));

    @Test
    void withoutAnythingWantedEverythingIs() {
        assertThat(EventFilter.everything().matches(PUBLISHED)).isTrue();
        assertThat(EventFilter.everything().matches(WITHDRAWN)).isTrue();
    }

    @Test
    void oneOfTheValuesIsEnough() {
        assertThat(filter(Set.of("sports", "campus"), Set.of(), Set.of(), Set.of())
                        .matches(PUBLISHED))
                .isTrue();
        assertThat(filter(Set.of("sports", "arts"), Set.of(), Set.of(), Set.of())
                        .matches(PUBLISHED))
                .isFalse();
    }

    @Test
    void everyParameterMustFit() {
        assertThat(filter(Set.of("campus"), Set.of("science"), Set.of("ada lovelace"), Set.of("library"))
                        .matches(PUBLISHED))
                .isTrue();
        assertThat(filter(Set.of("campus"), Set.of("arts"), Set.of(), Set.of()).matches(PUBLISHED))
                .isFalse();
    }

    @Test
    void caseAndWidthDoNotMatter() {
        assertThat(filter(Set.of("Campus"), Set.of("SCIENCE"), Set.of("ＡＤＡ Lovelace"), Set.of("ＬＩＢＲＡＲＹ"))
                        .matches(PUBLISHED))
                .isTrue();
    }

    @Test
    void tagsAndAuthorsFitAsAWhole() {
        assertThat(filter(Set.of(), Set.of("scien"), Set.of(), Set.of()).matches(PUBLISHED))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of("ada"), Set.of()).matches(PUBLISHED))
                .isFalse();
    }

    @Test
    void aKeywordIsLookedForInTitleSubtitleAndSummary() {
        for (String keyword : Set.of("title of 7", "exams", "on sundays")) {
            assertThat(keyword(keyword).matches(PUBLISHED)).as(keyword).isTrue();
        }
        for (String keyword : Set.of("lovelace", "7 exams", "begin the library")) {
            assertThat(keyword(keyword).matches(PUBLISHED)).as(keyword).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "art, A party in the park, false",
        "art, 'Art: a party', true",
        "PARTY, a-party!, true",
        "the  park, In the park, true",
        "park the, In the park, false",
        "数据, 大数据平台上线, true",
        "大平台, 大数据平台上线, false",
        "大 数据, 大数据平台上线, true",
        "５Ｇ网络, 校园5G网络开通, true",
        "サーバー, 新しいサーバーABC, true",
        "ｻｰﾊﾞｰ, 新しいサーバーABC, true",
        "서울, 서울에서 만나요, true",
        "มหาวิทยาลัย, ข่าวมหาวิทยาลัยวันนี้, true",
        "resume, Résumé, false",
        "re\u0301sume\u0301, Résumé, true",
        "हिन्दी, आज हिन्दी दिवस, true",
        "हिन, आज हिन्दी दिवस, false",
        "publishing, pub\u00ADlishing, true"
    })
    void aKeywordIsWordsThatStandTogether(String keyword, String title, boolean found) {
        assertThat(keyword(keyword).matches(event(ArticleEvents.titled("7", title))))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "!?", "🎓", "\u0301"})
    void aKeywordWithoutAWordIsRefused(String keyword) {
        assertThatThrownBy(() -> keyword(keyword)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheKindsThatAreNamedComeAndMilestonesOnlyThen() {
        PublicEvent milestone = milestone(ArticleMilestone.Kind.HITS_REACHED, ArticleEvents.published("7", "campus"));
        assertThat(EventFilter.everything().matches(milestone)).isFalse();
        assertThat(kinds(EventKind.MILESTONE).matches(milestone)).isTrue();
        assertThat(kinds(EventKind.MILESTONE).matches(PUBLISHED)).isFalse();
        assertThat(kinds(EventKind.CORRECTED, EventKind.PUBLISHED).matches(PUBLISHED))
                .isTrue();
        assertThat(kinds(EventKind.CORRECTED).matches(WITHDRAWN)).isFalse();
    }

    @Test
    void aMilestoneSaysWhichAndIsMatchedLikeItsArticle() {
        PublicEvent milestone = milestone(ArticleMilestone.Kind.HITS_REACHED, ArticleEvents.published("7", "campus"));
        assertThat(milestone.notification().type()).isEqualTo("article.milestone");
        assertThat(milestone.notification().milestone())
                .isEqualTo(new Notification.Milestone(ArticleMilestone.Kind.HITS_REACHED, 1_000));
        assertThat(milestone.terms()).isEqualTo(PUBLISHED.terms());
    }

    @ParameterizedTest
    @EnumSource(ArticleSnapshot.Status.class)
    void whatIsNotPublicHasNoMilestone(ArticleSnapshot.Status status) {
        boolean isPublic = status == ArticleSnapshot.Status.PUBLISHED || status == ArticleSnapshot.Status.CORRECTED;
        ArticleSnapshot article = ArticleEvents.article("7", "campus", status);
        assertThat(PublicEvent.of(envelope(ArticleMilestone.Kind.TRENDING), article, notification -> "{}"))
                .matches(event -> event.isPresent() == isPublic);
        assertThat(PublicEvent.of(envelope(ArticleMilestone.Kind.TRAFFIC_DROPPED), article, notification -> "{}"))
                .isEmpty();
    }

    private static PublicEvent event(ArticleChanged change) {
        return PublicEvent.of(new Envelope<>("1", "/article-service", Instant.EPOCH, change), notification -> "{}")
                .orElseThrow();
    }

    private static PublicEvent milestone(ArticleMilestone.Kind kind, ArticleChanged change) {
        return PublicEvent.of(envelope(kind), change.article(), notification -> "{}")
                .orElseThrow();
    }

    private static Envelope<ArticleMilestone> envelope(ArticleMilestone.Kind kind) {
        return new Envelope<>(
                "2", "/stats-service", Instant.EPOCH, new ArticleMilestone("7", kind, 1_000, Instant.EPOCH));
    }

    private static EventFilter keyword(String keyword) {
        return filter(Set.of(), Set.of(), Set.of(), Set.of(keyword));
    }

    private static EventFilter kinds(EventKind... kinds) {
        return new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(kinds));
    }

    private static EventFilter filter(
            Set<String> categories, Set<String> tags, Set<String> authors, Set<String> keywords) {
        return new EventFilter(categories, tags, authors, keywords, Set.of());
    }
}

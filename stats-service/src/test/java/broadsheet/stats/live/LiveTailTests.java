package broadsheet.stats.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.kafka.TopicBeginning;
import broadsheet.stats.live.CountedSecond.ArticleHits;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class LiveTailTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final LiveTail tail = new LiveTail(JsonMapper.shared());

    @Test
    void whatSeveralInstancesCountIsAddedUp() {
        tail.onCaughtUp();
        tail.add(
                counted(Map.of("counted", 3L, "bots", 1L), new ArticleHits("a", 2, 10), new ArticleHits("b", 1, 1)),
                NOON);
        tail.add(counted(Map.of("counted", 4L), new ArticleHits("a", 4, 14)), NOON.plusSeconds(1));

        LiveSums sums = tail.take();

        assertThat(sums.views("counted")).isEqualTo(7);
        assertThat(sums.views("bots")).isEqualTo(1);
        assertThat(sums.views("late")).isZero();
        assertThat(sums.most(1)).isEqualTo(new LiveSums.Most(List.of(new ArticleHits("a", 6, 14)), 1, 1));
        assertThat(tail.take().most(1).articles()).isEmpty();
    }

    @Test
    void whatWasThereAtTheStartIsActiveAndNotCountedNow() {
        tail.add(counted(Map.of("counted", 1L), new ArticleHits("a", 1, 1)), NOON);
        tail.onCaughtUp();

        assertThat(tail.take().views("counted")).isZero();
        assertThat(tail.activeArticles(NOON)).isEqualTo(1);
    }

    @Test
    void anArticleIsActiveForFiveMinutes() {
        tail.onCaughtUp();
        tail.add(counted(Map.of(), new ArticleHits("a", 1, 1), new ArticleHits("b", 1, 1)), NOON);
        tail.add(counted(Map.of(), new ArticleHits("b", 1, 2)), NOON.plusSeconds(60));

        assertThat(tail.activeArticles(NOON.plusSeconds(300))).isEqualTo(2);
        assertThat(tail.activeArticles(NOON.plusSeconds(301))).isEqualTo(1);
        assertThat(tail.activeArticles(NOON.plusSeconds(361))).isZero();
    }

    @Test
    void aTopicThatIsMadeAnewBeginsAnew() {
        tail.add(counted(Map.of(), new ArticleHits("a", 1, 1)), NOON);

        tail.onBeginning(new TopicBeginning(Uuid.randomUuid(), Map.of(0, 0L), true));

        assertThat(tail.activeArticles(NOON)).isZero();
    }

    @Test
    void fieldsOfANewerReleaseAreLeftOutAndNothingElseIsTaken() {
        tail.onCaughtUp();
        tail.onRecord(record("{\"views\": {\"counted\": 2}, \"articles\": [], \"otherArticles\": 0, \"otherHits\": 0,"
                + " \"activeArticles\": \"AA==\", \"more\": 1}"));
        assertThat(tail.take().views("counted")).isEqualTo(2);

        for (String wrong : List.of("", "{}", "[]", "{\"views\": 1}", "null")) {
            assertThatThrownBy(() -> tail.onRecord(record(wrong)))
                    .as(wrong)
                    .isInstanceOfAny(JacksonException.class, NullPointerException.class);
        }
        assertThat(tail.take().most(9).articles()).isEmpty();
    }

    private static ConsumerRecord<String, byte[]> record(String json) {
        return new ConsumerRecord<>("stats.live", 0, 0, "", json.getBytes(UTF_8));
    }

    private static CountedSecond counted(Map<String, Long> views, ArticleHits... articles) {
        var active = new VisitorSketch(CountedSecond.SKETCH_PRECISION);
        List.of(articles).forEach(article -> active.add(article.articleId()));
        return new CountedSecond(
                views, List.of(articles), 0, 0, Base64.getEncoder().encodeToString(active.toBytes()));
    }
}

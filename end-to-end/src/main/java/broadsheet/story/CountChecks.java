package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Checks that the article, its page and the statistics all show the same counts. */
record CountChecks(
        Steps steps, SiteClient site, SiteClient operator, String articleId, String url, ExpectedCounts counts) {

    /** For all of them together, and the least for each: the others follow the first at once. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration LEAST = Duration.ofSeconds(30);
    private static final Duration STAY = Duration.ofSeconds(2);

    void check() {
        long end = System.nanoTime() + BOUND.toNanos();
        String hits = counts.hits() + " hits";
        steps.step(
                "stats-service says " + hits + ", " + counts.visitors() + " visitors, " + counts.bots() + " bots",
                () -> await().atMost(left(end)).ignoreExceptions().untilAsserted(this::statistics));
        steps.step(
                "the hit list says " + hits,
                () -> await().atMost(left(end)).ignoreExceptions().untilAsserted(this::hitList));
        steps.step(
                "the article says " + hits,
                () -> await().atMost(left(end)).ignoreExceptions().untilAsserted(this::article));
        steps.step(
                "the page says " + hits,
                () -> await().atMost(left(end)).ignoreExceptions().untilAsserted(this::page));
        steps.step(
                "and it stays so",
                () -> await().pollDelay(STAY).atMost(STAY.plus(LEAST)).untilAsserted(() -> {
                    statistics();
                    hitList();
                    article();
                    page();
                }));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(LEAST.toNanos(), end - System.nanoTime()));
    }

    private void article() throws IOException, InterruptedException {
        HttpAnswer answer =
                site.get("/api/articles/" + articleId + "?view=false").expect(200);
        assertThat(answer.json().path("hits").asLong(-1))
                .as("the article's hits")
                .isEqualTo(counts.hits());
    }

    private void page() throws IOException, InterruptedException {
        ReaderPage.read(site, url).expectHits(counts.hits());
    }

    private void hitList() throws IOException, InterruptedException {
        JsonNode items =
                site.get("/api/stats/hits?ids=" + articleId).expect(200).json().path("items");
        assertThat(items.size()).as("the number of items").isEqualTo(1);
        assertThat(items.path(0).path("articleId").asString(""))
                .as("the item's articleId")
                .isEqualTo(articleId);
        assertThat(items.path(0).path("hits").asLong(-1)).as("the item's hits").isEqualTo(counts.hits());
    }

    private void statistics() throws IOException, InterruptedException {
        JsonNode answer =
                operator.get("/api/stats/articles/" + articleId).expect(200).json();
        assertThat(new ExpectedCounts(
                        answer.path("hits").asLong(-1),
                        answer.path("visitors").asLong(-1),
                        answer.path("bots").asLong(-1)))
                .as("hits, visitors and bots")
                .isEqualTo(counts);
        assertThat(answer.path("complete").asBoolean(false))
                .as("whether the numbers are complete: %s", answer)
                .isTrue();
    }
}

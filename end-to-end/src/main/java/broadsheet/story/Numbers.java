package broadsheet.story;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Whether the article, its page and the statistics all say the same about one article. */
record Numbers(Steps steps, Site site, Site operator, String articleId, String url, Counts counts) {

    /** For all of them together, and the least for each: the others follow the first at once. */
    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration STAY = Duration.ofSeconds(2);

    void sayTheSame() {
        long end = System.nanoTime() + BOUND.toNanos();
        String hits = counts.hits() + " hits";
        steps.step(
                "stats-service says " + hits + ", " + counts.visitors() + " visitors, " + counts.bots() + " bots",
                () -> Await.within(left(end), this::statistics));
        steps.step("the hit list says " + hits, () -> Await.within(left(end), this::hitList));
        steps.step("the article says " + hits, () -> Await.within(left(end), this::article));
        steps.step("the page says " + hits, () -> Await.within(left(end), this::page));
        steps.step(
                "and it stays so",
                () -> Await.throughout(STAY, () -> {
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
        Answer answer = site.get("/api/articles/" + articleId + "?view=false").expect(200);
        Mismatch.unlessEqual(
                "the article's hits", counts.hits(), answer.json().path("hits").asLong(-1));
    }

    private void page() throws IOException, InterruptedException {
        Page.read(site, url).expectHits(counts.hits());
    }

    private void hitList() throws IOException, InterruptedException {
        JsonNode items =
                site.get("/api/stats/hits?ids=" + articleId).expect(200).json().path("items");
        Mismatch.unlessEqual("the number of items", 1, items.size());
        Mismatch.unlessEqual(
                "the item's articleId",
                articleId,
                items.path(0).path("articleId").asString(""));
        Mismatch.unlessEqual(
                "the item's hits", counts.hits(), items.path(0).path("hits").asLong(-1));
    }

    private void statistics() throws IOException, InterruptedException {
        JsonNode answer =
                operator.get("/api/stats/articles/" + articleId).expect(200).json();
        Mismatch.unlessEqual(
                "hits, visitors and bots",
                counts,
                new Counts(
                        answer.path("hits").asLong(-1),
                        answer.path("visitors").asLong(-1),
                        answer.path("bots").asLong(-1)));
        Mismatch.unless(answer.path("complete").asBoolean(false), "complete numbers", "was " + answer);
    }
}

package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Subscribes to a category's events, disconnects, and resumes after the last event it got. */
record Subscriber(SiteClient site) {

    static final String PUBLISHED = "article.published";
    static final String CORRECTED = "article.corrected";
    static final String WITHDRAWN = "article.withdrawn";

    private static final String STREAM = "/api/notifications/stream?category=" + Draft.SECTION;
    private static final Duration RESUMED = Duration.ofSeconds(60);
    private static final Duration STAY = Duration.ofSeconds(1);

    EventStream listen() throws IOException, InterruptedException {
        return site.events(STREAM, null);
    }

    /** Resumes: what was published meanwhile comes, once, and nothing comes again. */
    void resume(String lastEventId, String missed, List<String> seenBefore) throws IOException, InterruptedException {
        try (EventStream stream = site.events(STREAM, lastEventId)) {
            stream.await("what was missed", event -> event.reports(PUBLISHED, missed), RESUMED);
            await().pollDelay(STAY).atMost(RESUMED).untilAsserted(() -> expectOnce(stream, missed, seenBefore));
        }
    }

    /** The same, asked for as a list. */
    void catchUp(String lastEventId, String missed, List<String> seenBefore) throws IOException, InterruptedException {
        String after = URLEncoder.encode(lastEventId, StandardCharsets.UTF_8);
        HttpAnswer answer =
                site.get("/api/notifications?limit=100&after=" + after).expect(200);
        long told = 0;
        for (JsonNode item : answer.json().path("items")) {
            String text = item.toString();
            told += text.contains(missed) && text.contains(PUBLISHED) ? 1 : 0;
            assertThat(seenBefore).as("what was seen before").noneMatch(text::contains);
        }
        assertThat(told).as("the times the missed event is in %s", answer).isEqualTo(1);
    }

    private static void expectOnce(EventStream stream, String missed, List<String> seenBefore) {
        long told = stream.seen().stream()
                .filter(event -> event.reports(PUBLISHED, missed))
                .count();
        assertThat(told).as("the times the missed event came").isEqualTo(1L);
        assertThat(stream.seen())
                .noneMatch(event -> seenBefore.stream().anyMatch(event.data()::contains))
                .noneMatch(event -> event.type().equals("gap"));
    }
}

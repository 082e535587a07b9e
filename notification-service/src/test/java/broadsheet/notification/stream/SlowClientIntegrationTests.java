package broadsheet.notification.stream;

import static broadsheet.notification.Articles.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.Instance;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowClientIntegrationTests {

    private static final Pattern EVENT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"type\"[^\n]*\n\n");
    private static final int EVENTS = 1_500;

    private final String name = "news.articles." + UUID.randomUUID();
    private final ArticlesTopicWriter topic = new ArticlesTopicWriter(TestServers.bootstrapServers(), name);

    @Test
    void aClientThatStopsReadingHoldsUpNobodyAndMissesNothingWhenItComesBack() throws Exception {
        try (var service = start("broadsheet.notification.stream.patience=60s");
                var slow = new RawClient(service.port(), "");
                var quick = Listener.to(service.port(), "")) {
            slow.open();
            List<String> written = writeMuch();
            quick.awaitsId(written.get(EVENTS - 1));
            assertThat(quick.notifications()).containsExactlyElementsOf(written);
            awaitOverflow(service);

            String stream = slow.rest();
            assertThat(stream.strip()).endsWith("\"reason\":\"overflow\"}");
            List<String> read = eventIds(stream);
            assertThat(read).hasSizeLessThan(EVENTS);
            try (var back = Listener.resumed(service.port(), "", RawClient.lastId(stream))) {
                back.awaitsId(written.get(EVENTS - 1));
                read.addAll(back.notifications());
                assertThat(back.gaps()).isEmpty();
            }
            assertThat(read).containsExactlyElementsOf(written);
        }
    }

    @Test
    void aClientThatDoesNotEvenTakeItsEndIsCutOff() throws Exception {
        try (var service = start("broadsheet.notification.stream.patience=100ms");
                var dead = new RawClient(service.port(), "");
                var quick = Listener.to(service.port(), "")) {
            dead.open();
            List<String> written = writeMuch();
            quick.awaitsId(written.get(EVENTS - 1));
            awaitOverflow(service);
            await().during(Duration.ofMillis(300)).until(() -> true);
            String stream = dead.rest();
            assertThat(stream).doesNotContain("overflow");
            assertThat(eventIds(stream)).hasSizeLessThan(EVENTS);
        }
    }

    private Instance start(String setting) {
        var service = Instance.start(
                TestServers.bootstrapServers(), name, "broadsheet.notification.stream.queue=16", setting);
        service.bean(NotificationBroadcast.class).opened().block(Duration.ofSeconds(60));
        return service;
    }

    private static void awaitOverflow(Instance service) {
        var overflows = service.bean(MeterRegistry.class).counter("broadsheet.notification.stream.overflows");
        await().until(() -> overflows.count() > 0);
    }

    /** All of one article, so that there is one order; more than sockets hold. */
    private List<String> writeMuch() {
        var large = published("one", "much").article();
        var article = new ArticleSnapshot(
                large.id(),
                large.version(),
                large.status(),
                large.slug(),
                large.url(),
                large.title(),
                null,
                "x".repeat(10_000),
                large.category(),
                large.tags(),
                large.authors(),
                null,
                null,
                null,
                large.updatedAt());
        return IntStream.range(0, EVENTS)
                .mapToObj(event -> topic.write(new ArticlePublished(article)))
                .toList();
    }

    private static List<String> eventIds(String stream) {
        var ids = new ArrayList<String>();
        var events = EVENT.matcher(stream);
        while (events.find()) {
            ids.add(events.group(1));
        }
        return ids;
    }
}

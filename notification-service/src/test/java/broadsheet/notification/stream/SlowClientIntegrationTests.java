package broadsheet.notification.stream;

import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.ServiceInstance;
import broadsheet.notification.event.EventHistory;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowClientIntegrationTests {

    private static final Pattern EVENT = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"type\"[^\n]*\n\n");
    private static final int EVENTS = 600;
    private static final int QUEUE = 16;

    private final String name = "news.articles." + UUID.randomUUID();
    private final ArticlesTopicWriter topic = new ArticlesTopicWriter(TestServers.bootstrapServers(), name);

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void aClientThatStopsReadingHoldsUpNobodyAndMissesNothingWhenItComesBack() throws Exception {
        try (var service = start("broadsheet.notification.stream.cut-off-after=1h");
                var slow = new SlowStreamClient(service.port(), "");
                var quick = StreamClient.to(service.port(), "")) {
            slow.open();
            List<String> written = writeMuch(quick);
            assertThat(quick.notifications()).containsExactlyElementsOf(written);
            awaitCount(service, "overflows");

            String stream = slow.rest();
            assertThat(stream.strip())
                    .endsWith("\"reason\":\"overflow\",\"catchUp\":\"/api/notifications?after="
                            + SlowStreamClient.lastId(stream) + "\"}");
            List<String> read = eventIds(stream);
            assertThat(read).hasSizeLessThan(EVENTS);
            try (var back = StreamClient.resumed(service.port(), "", SlowStreamClient.lastId(stream))) {
                back.awaitsId(written.get(EVENTS - 1));
                read.addAll(back.notifications());
                assertThat(back.gaps()).isEmpty();
            }
            assertThat(read).containsExactlyElementsOf(written);
        }
    }

    @Test
    void aClientThatDoesNotEvenTakeItsEndIsCutOff() throws Exception {
        try (var service = start("broadsheet.notification.stream.cut-off-after=100ms");
                var dead = new SlowStreamClient(service.port(), "");
                var quick = StreamClient.to(service.port(), "")) {
            dead.open();
            writeMuch(quick);
            awaitCount(service, "cutoffs");
            String stream = dead.rest();
            assertThat(stream).doesNotContain("overflow");
            assertThat(eventIds(stream)).hasSizeLessThan(EVENTS);
        }
    }

    private ServiceInstance start(String setting) {
        var service = ServiceInstance.start(
                TestServers.bootstrapServers(), name, "broadsheet.notification.stream.max-behind=" + QUEUE, setting);
        await().until(service.bean(EventHistory.class)::isOpen);
        return service;
    }

    private static void awaitCount(ServiceInstance service, String name) {
        var counter = service.bean(MeterRegistry.class).counter("broadsheet.notification.stream." + name);
        await().until(() -> counter.count() > 0);
    }

    /**
     * All of one article, so that there is one order; more than sockets hold, but never more than a queue holds before the
     * quick client has it.
     */
    private List<String> writeMuch(StreamClient quick) {
        var large = published("one", "much").article();
        var article = new ArticleSnapshot(
                large.id(),
                large.version(),
                large.status(),
                large.slug(),
                large.url(),
                large.title(),
                null,
                "x".repeat(40_000),
                large.category(),
                large.tags(),
                large.authors(),
                large.credits(),
                null,
                null,
                null,
                large.updatedAt());
        var written = new ArrayList<String>();
        while (written.size() < EVENTS) {
            written.addAll(topic.write(Collections.nCopies(QUEUE / 2, new ArticlePublished(article))));
            quick.awaitsId(written.get(written.size() - 1));
        }
        return written;
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

package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.web.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;

class ViewSpoolTests {

    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatIsAcknowledgedOutlivesAKill() throws Exception {
        List<EncodedEvent> views = views(200);
        ViewSpool killed = spool("spool", 1_000);
        Flux.fromIterable(views).flatMap(killed::add, 200).blockLast();
        // what a killed process leaves is what is on disk at that moment
        Files.copy(folder.resolve("spool"), folder.resolve("left"));
        killed.destroy();

        ViewSpool next = spool("left", 1_000);
        assertThat(next.oldest(1_000).values()).containsExactlyInAnyOrderElementsOf(views);

        next.remove(next.oldest(150).keySet()).block();
        next.destroy();
        ViewSpool last = spool("left", 1_000);
        assertThat(last.oldest(1_000)).hasSize(50);
        last.add(views.get(0)).block();
        assertThat(last.oldest(1_000)).hasSize(51);
        last.destroy();
    }

    /** The file is as the code of version 0.1 wrote it. */
    @Test
    void viewsOfAnEarlierVersionAreSentAfterAnUpgrade() throws Exception {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("views-0.1.spool"))) {
            Files.copy(file, folder.resolve("spool"));
        }
        for (int start = 0; start < 2; start++) {
            ViewSpool spool = spool("spool", 10);
            List<EncodedEvent> views = List.copyOf(spool.oldest(10).values());
            assertThat(views).extracting(EncodedEvent::key).containsExactly("article-1", "article-2", "article-3");
            assertThat(views).extracting(EncodedEvent::topic).containsOnly(Topics.VIEWS);
            assertThat(views.get(0).id()).isEqualTo("01a20cd9-197e-7f4f-86aa-aea61fd1e951");
            assertThat(views.get(0).headers())
                    .containsEntry("ce_time", "2026-11-24T06:00:01.125Z")
                    .containsEntry("ce_source", "/article-service")
                    .containsEntry("ce_type", "news.article.viewed.v1");
            assertThat(views.get(0).value()).contains("\"visitorKey\":\"visitor-1\"");
            spool.destroy();
        }
    }

    @Test
    void aFullSpoolTakesNoMore() {
        ViewSpool spool = spool("spool", 2);
        views(2).forEach(view -> spool.add(view).block());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> spool.add(views(1).get(0)).block())
                .satisfies(e -> assertThat(e.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));

        spool.remove(spool.oldest(1).keySet()).block();
        spool.add(views(1).get(0)).block();
        assertThat(spool.oldest(10)).hasSize(2);
        spool.destroy();
    }

    @Test
    void twoProcessesDoNotShareASpool() {
        ViewSpool first = spool("spool", 2);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> spool("spool", 2))
                .withMessageContaining("spool");
        first.destroy();
    }

    private ViewSpool spool(String file, int capacity) {
        return new ViewSpool(new ViewProperties(null, folder.resolve(file), capacity, 10, Duration.ofSeconds(1)));
    }

    private static List<EncodedEvent> views(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> EventCodec.encode(Envelope.of(
                        "/article-service",
                        NOW,
                        new ArticleViewed(
                                "a" + n,
                                1,
                                NOW,
                                NOW,
                                "v",
                                Channel.PAGE,
                                null,
                                Device.OTHER,
                                Agent.USER,
                                "1",
                                null,
                                Evidence.NONE))))
                .toList();
    }
}

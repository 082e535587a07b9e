package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.Envelope;
import broadsheet.web.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        List<Envelope<ArticleViewed>> views = views(200);
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
        return new ViewSpool(new ViewProperties(folder.resolve(file), capacity, 10, Duration.ofSeconds(1)));
    }

    private static List<Envelope<ArticleViewed>> views(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> Envelope.of(
                        "/article-service",
                        NOW,
                        new ArticleViewed(
                                "a" + n, 1, NOW, NOW, "v", Channel.PAGE, null, Device.OTHER, Agent.USER, "1", null)))
                .toList();
    }
}

package broadsheet.stats.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.ArticleDayPages;
import broadsheet.stats.history.ArticleDays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ExportTests {

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-05-04T00:00:00Z");
    private static final int PAGE = 500;

    private final ArticleDayPages all = mock();
    private final Articles articles = mock();
    private final Export export = new Export(all, mock(ArticleDays.class), articles, mock(), InstantSource.fixed(NOW));
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void nothingIsReadThatNobodyAsksForAndNothingAfterACancel() {
        days(OLD);
        when(articles.among(any())).thenReturn(Flux.empty());
        when(all.page(any(), any(), anyInt()))
                .thenAnswer(asked -> Mono.fromSupplier(() -> page(OLD, reads.incrementAndGet() * PAGE)));

        StepVerifier.create(export.ofAll(range(OLD)), 1)
                .expectNextCount(1)
                .then(() -> assertThat(reads.get()).isLessThanOrEqualTo(4))
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify(Duration.ofSeconds(30));

        assertThat(reads.get()).isLessThanOrEqualTo(6);
    }

    @Test
    void aFileBeginsWithAShortPageAndGoesOnAfterIt() {
        days(OLD);
        when(articles.among(any())).thenReturn(Flux.empty());
        List<ArticleDay> stored = page(OLD, 0);
        when(all.page(eq(OLD), any(), anyInt())).thenAnswer(asked -> {
            int from = stored.indexOf(asked.getArgument(1)) + 1;
            int limit = asked.getArgument(2);
            return Mono.just(stored.subList(from, Math.min(stored.size(), from + limit)));
        });

        StepVerifier.create(export.ofAll(range(OLD)).map(List::size))
                .expectNext(20, PAGE - 20)
                .verifyComplete();
    }

    @Test
    void anArticleThatMovesOnInADayThatChangesIsWrittenOnce() {
        days(TODAY);
        when(articles.among(any())).thenReturn(Flux.empty());
        List<ArticleDay> first = page(TODAY, 0);
        List<ArticleDay> second = page(TODAY, PAGE / 2).subList(0, 300);
        when(all.page(eq(TODAY), any(), anyInt())).thenReturn(Mono.just(first)).thenReturn(Mono.just(second));

        StepVerifier.create(export.ofAll(range(TODAY))
                        .flatMapIterable(rows -> rows)
                        .map(ExportRow::articleId)
                        .collectList())
                .assertNext(ids -> assertThat(ids).hasSize(PAGE + 50).doesNotHaveDuplicates())
                .verifyComplete();
    }

    private void days(Instant only) {
        when(all.firstDay(any(), any())).thenAnswer(asked -> {
            Instant from = asked.getArgument(0);
            return from.isAfter(only) ? Mono.empty() : Mono.just(only);
        });
    }

    private static ExportRange range(Instant from) {
        return new ExportRange(from, NOW, false);
    }

    private static List<ArticleDay> page(Instant day, int first) {
        return IntStream.range(first, first + PAGE)
                .mapToObj(number -> day(day, "article-" + number))
                .toList();
    }

    private static ArticleDay day(Instant start, String articleId) {
        ArticleDay day = mock();
        when(day.start()).thenReturn(start);
        when(day.articleId()).thenReturn(articleId);
        when(day.hitsByTime()).thenReturn(new TreeMap<>());
        return day;
    }
}

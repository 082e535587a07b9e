package broadsheet.article.schedule;

import broadsheet.article.store.Articles;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticlePublished;
import broadsheet.kafka.OutageLog;
import broadsheet.store.PeriodicWork;
import broadsheet.web.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes articles within a second of their time, those that a down time missed first and in the order of their times.
 * Every instance looks; the version of an article lets one of them publish it.
 */
@Component
class ScheduledPublishing extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(ScheduledPublishing.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int AT_ONCE = 100;

    private final ScheduledArticles scheduled;
    private final Articles articles;
    private final PublicArticles published;
    private final ScheduleLag lag;
    private final InstantSource clock;
    private final OutageLog outage;

    ScheduledPublishing(
            ScheduledArticles scheduled,
            Articles articles,
            PublicArticles published,
            ScheduleLag lag,
            InstantSource clock) {
        super(EVERY, EVERY);
        this.scheduled = scheduled;
        this.articles = articles;
        this.published = published;
        this.lag = lag;
        this.clock = clock;
        this.outage = new OutageLog(log, clock);
    }

    @Override
    protected Mono<Void> run() {
        return publishDue(0)
                .doOnSuccess(done -> outage.recovered("Scheduled articles are published again"))
                .onErrorResume(e -> {
                    outage.failed("Scheduled articles cannot be published now, and are later: {}", e.toString());
                    return Mono.empty();
                });
    }

    /** @param failed of the articles that are due so many could not be published in this run */
    private Mono<Void> publishDue(long failed) {
        return scheduled.next(failed, AT_ONCE + 1).collectList().flatMap(found -> {
            Instant now = now();
            List<ListedArticle> due = found.stream()
                    .filter(article -> !at(article).isAfter(now))
                    .limit(AT_ONCE)
                    .toList();
            if (failed == 0) {
                lag.nextIs(found.isEmpty() ? null : at(found.get(0)));
            }
            return Flux.fromIterable(due)
                    .concatMap(article -> publish(article.id()))
                    .filter(done -> !done)
                    .count()
                    .flatMap(more -> due.isEmpty() ? Mono.empty() : publishDue(failed + more));
        });
    }

    /** False where it could not be published; it stays scheduled then and is tried again. */
    private Mono<Boolean> publish(String id) {
        Instant now = now();
        return articles.byId(id)
                .filter(article -> article.isDue(now))
                .flatMap(article -> articles.save(article, article.publishDue(now), ArticlePublished::new)
                        .doOnNext(saved -> audit(article, saved)))
                .doOnNext(published::changed)
                .thenReturn(true)
                .onErrorResume(e -> {
                    outage.failed("Article {} is due and cannot be published now: {}", id, e.toString());
                    return Mono.just(false);
                });
    }

    /** As a step that staff takes: it is theirs who scheduled it. */
    private static void audit(Article due, Article published) {
        AuditEntry.of("article-publish")
                .with("article", published.id())
                .with("version", published.version())
                .with("by", Objects.requireNonNull(due.schedule()).by().username())
                .with("cause", "schedule")
                .log();
    }

    private static Instant at(ListedArticle article) {
        return Objects.requireNonNull(article.schedule()).at();
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

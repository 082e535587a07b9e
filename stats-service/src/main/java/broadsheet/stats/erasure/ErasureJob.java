package broadsheet.stats.erasure;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.total.HitsTopic;
import broadsheet.store.PeriodicWork;
import broadsheet.web.cache.SharedHttpCache;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Erases an article twice, the second time for what was on its way the first time, and from then on whatever comes of it: a
 * view that was spooled long, a restatement's count of the views that Kafka still has.
 */
@Component
class ErasureJob extends PeriodicWork {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ARTICLES_AT_ONCE = 500;

    private final ErasurePasses passes;
    private final ErasedArticles erased;
    private final Eraser eraser;
    private final HitsTopic hits;
    private final SharedHttpCache answers;
    private final Duration sweptEvery;
    private long nextSweep = System.nanoTime();

    ErasureJob(
            ErasurePasses passes,
            ErasedArticles erased,
            Eraser eraser,
            HitsTopic hits,
            SharedHttpCache answers,
            ErasureProperties properties) {
        super(EVERY, properties.sweptEvery().compareTo(EVERY) < 0 ? properties.sweptEvery() : EVERY);
        this.passes = passes;
        this.erased = erased;
        this.eraser = eraser;
        this.hits = hits;
        this.answers = answers;
        this.sweptEvery = properties.sweptEvery();
    }

    @Override
    protected Mono<Void> run() {
        return passes.claimDue()
                .concatMap(one -> eraser.erase(List.of(one.articleId()))
                        .then(hits.erase(one.articleId()))
                        .then(passes.passed(one))
                        .doOnSuccess(done -> answers.drop("articles")))
                .then(Mono.defer(() -> isSweepDue() ? sweep() : Mono.empty()));
    }

    private boolean isSweepDue() {
        long now = System.nanoTime();
        boolean due = nextSweep - now <= 0;
        if (due) {
            nextSweep = now + sweptEvery.toNanos();
        }
        return due;
    }

    private Mono<Void> sweep() {
        return Flux.fromIterable(erased.all())
                .buffer(ARTICLES_AT_ONCE)
                .concatMap(eraser::erase)
                .then();
    }
}

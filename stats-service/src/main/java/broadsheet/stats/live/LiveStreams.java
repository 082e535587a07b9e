package broadsheet.stats.live;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.live.CountedSecond.ArticleHits;
import broadsheet.stats.live.LiveSums.Most;
import broadsheet.stats.position.CountingLag;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The live numbers once a second, the same for all streams of this instance: a stream that is slow misses some and queues
 * none. They end before the web server stops, since an open stream would hold that up.
 */
@Component
class LiveStreams implements SmartLifecycle {

    /** By then what the instances have told at the whole second has come. */
    private static final Duration AFTER_SECOND = Duration.ofMillis(150);

    /** What was counted that long ago is in what they have told. */
    private static final Duration TOLD_WITHIN = AFTER_SECOND.plusMillis(50);

    private static final int ARTICLES = 100;
    private static final Duration TITLES_WITHIN = Duration.ofMillis(300);

    private final LiveTail tail;
    private final CountingLag lag;
    private final Articles articles;
    private final InstantSource clock;
    private final int mostStreams;
    private final AtomicInteger open = new AtomicInteger();
    private volatile Sinks.Many<LiveNumbers> numbers = Sinks.many().multicast().directBestEffort();
    private volatile CountingLag.@Nullable Report before;
    private volatile @Nullable Disposable running;

    LiveStreams(LiveTail tail, CountingLag lag, Articles articles, InstantSource clock, LiveProperties properties) {
        this.tail = tail;
        this.lag = lag;
        this.articles = articles;
        this.clock = clock;
        this.mostStreams = properties.streams();
    }

    /** The numbers of every second from the next on, until this instance stops. */
    Flux<LiveNumbers> numbers() {
        return noteLag().thenMany(Flux.defer(numbers::asFlux).onBackpressureLatest());
    }

    /** The same as long as it has one of the places; fails where there is none. */
    <T> Flux<T> inPlace(Flux<T> stream) {
        return Flux.using(this::acquire, place -> stream, place -> open.decrementAndGet());
    }

    private int acquire() {
        if (open.incrementAndGet() > mostStreams) {
            open.decrementAndGet();
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "Too many live streams are open; close one or try again later");
        }
        return open.get();
    }

    @Override
    public void start() {
        numbers = Sinks.many().multicast().directBestEffort();
        running = WholeSeconds.each(AFTER_SECOND, clock, this::next);
    }

    private Mono<Void> next() {
        LiveSums sums = tail.take();
        if (numbers.currentSubscriberCount() == 0) {
            before = null;
            return Mono.empty();
        }
        CountingLag.Report known = before;
        return Mono.justOrEmpty(known)
                .filter(report -> report.asOf().isBefore(clock.instant().minus(TOLD_WITHIN)))
                .flatMap(report -> numbers(sums, report))
                .doOnNext(numbers::tryEmitNext)
                .then(noteLag());
    }

    /** To be told with the numbers of the next second: what is complete now is in these. */
    private Mono<Void> noteLag() {
        return lag.report().doOnNext(report -> before = report).then();
    }

    private Mono<LiveNumbers> numbers(LiveSums sums, CountingLag.Report report) {
        Most most = sums.most(ARTICLES);
        return known(most.articles())
                .map(known -> LiveNumbers.of(sums, most, tail.activeArticles(clock.instant()), known, report));
    }

    private Mono<Map<String, Article>> known(List<ArticleHits> top) {
        return articles.findAll(top.stream().map(ArticleHits::articleId).toList())
                .collectMap(Article::articleId)
                .timeout(TITLES_WITHIN)
                .onErrorReturn(Map.of());
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE; // stops before all else, the web server included
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
        numbers.tryEmitComplete();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}

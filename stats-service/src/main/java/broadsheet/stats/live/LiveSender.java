package broadsheet.stats.live;

import broadsheet.kafka.OutageLog;
import broadsheet.stats.live.CountedSecond.ArticleHits;
import broadsheet.stats.live.LiveCounts.Counts;
import broadsheet.stats.total.ShownHits;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells all instances, at each whole second, what this one has counted since the last. Nothing is told of a second without
 * views, nor again what Kafka did not take: the numbers that last are in the store.
 */
@Component
class LiveSender implements SmartLifecycle {

    private static final int ARTICLES = 200;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final Comparator<Map.Entry<String, Long>> MOST_HITS =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final LiveCounts counts;
    private final ShownHits shown;
    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;
    private final InstantSource clock;
    private final String topic;
    private final OutageLog outage;
    private volatile @Nullable Disposable running;

    LiveSender(
            LiveCounts counts,
            ShownHits shown,
            KafkaTemplate<String, byte[]> kafka,
            JsonMapper json,
            InstantSource clock,
            LiveProperties properties) {
        this.counts = counts;
        this.shown = shown;
        this.kafka = kafka;
        this.json = json;
        this.clock = clock;
        this.topic = properties.topic();
        this.outage = new OutageLog(LoggerFactory.getLogger(LiveSender.class), clock, Duration.ofSeconds(30));
    }

    @Override
    public void start() {
        running = WholeSeconds.each(Duration.ZERO, clock, () -> send(counts.take()));
    }

    private Mono<Void> send(Counts taken) {
        if (taken.isEmpty()) {
            return Mono.empty();
        }
        List<Map.Entry<String, Long>> most = taken.hits().entrySet().stream()
                .sorted(MOST_HITS)
                .limit(ARTICLES)
                .toList();
        return shown.of(most.stream().map(Map.Entry::getKey).toList())
                .map(all -> json.writeValueAsBytes(second(taken, most, all)))
                .publishOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .flatMap(value -> Mono.fromFuture(() -> kafka.send(topic, value)))
                .timeout(TIME_LIMIT)
                .doOnSuccess(sent -> outage.recovered("Other instances are told again what is counted"))
                .doOnError(e -> outage.failed("Other instances are not told what is counted: {}", e.toString()))
                .onErrorComplete()
                .then();
    }

    private static CountedSecond second(Counts taken, List<Map.Entry<String, Long>> most, Map<String, Long> totals) {
        List<ArticleHits> articles = most.stream()
                .map(article -> new ArticleHits(
                        article.getKey(),
                        article.getValue(),
                        totals.getOrDefault(article.getKey(), article.getValue())))
                .toList();
        var active = new VisitorSketch(CountedSecond.SKETCH_PRECISION);
        taken.hits().keySet().forEach(active::add);
        return new CountedSecond(
                taken.views().entrySet().stream()
                        .collect(Collectors.toMap(views -> views.getKey().column(), Map.Entry::getValue)),
                articles,
                taken.hits().size() - articles.size(),
                taken.hits().values().stream().mapToLong(Long::longValue).sum()
                        - articles.stream().mapToLong(ArticleHits::hits).sum(),
                Base64.getEncoder().encodeToString(active.toBytes()));
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}

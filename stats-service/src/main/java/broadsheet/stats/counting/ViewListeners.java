package broadsheet.stats.counting;

import broadsheet.kafka.ListenerFactories;
import broadsheet.kafka.OutageLog;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Consumes the views, each generation in a consumer group of its own. What is counted the store says: a generation that
 * begins is counted by every instance within seconds, one that is retired no longer. The offsets committed to Kafka only
 * inform tools; the store's positions decide.
 */
@Component
public class ViewListeners extends PeriodicWork {

    private static final String NAME = "stats-views";
    private static final String GROUP = "stats-service";
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    private final StatsProperties properties;
    private final GenerationProperties followed;
    private final Generations generations;
    private final ServedGenerations served;
    private final NewProjections newProjections;
    private final GenerationSwitch generationSwitch;
    private final ViewCountings countings;
    private final ListenerFactories factories;
    private final OutageLog outage =
            new OutageLog(LoggerFactory.getLogger(ViewListeners.class), InstantSource.system(), TOLERATED);
    private final Map<Integer, ConcurrentMessageListenerContainer<?, ?>> containers = new ConcurrentHashMap<>();

    ViewListeners(
            StatsProperties properties,
            GenerationProperties followed,
            Generations generations,
            ServedGenerations served,
            NewProjections newProjections,
            GenerationSwitch generationSwitch,
            ViewCountings countings,
            ListenerFactories factories) {
        super(Duration.ZERO, followed.lookEvery());
        this.properties = properties;
        this.followed = followed;
        this.generations = generations;
        this.served = served;
        this.newProjections = newProjections;
        this.generationSwitch = generationSwitch;
        this.countings = countings;
        this.factories = factories;
    }

    /** What counts a generation on this instance; null where nothing does. */
    public @Nullable MessageListenerContainer container(int generation) {
        return containers.get(generation);
    }

    @Override
    protected Mono<Void> run() {
        return follow().doOnSuccess(done -> outage.recovered("It is known again what to count"))
                .doOnError(e ->
                        outage.failed("It is not known what to count, and what is counted goes on: {}", e.toString()))
                .onErrorComplete();
    }

    private Mono<Void> follow() {
        return newProjections
                .begin()
                .then(generations.counted().filter(countings::canCount).collectList())
                .zipWhen(counted -> served.all())
                .timeout(followed.answersWithin())
                .publishOn(Schedulers.boundedElastic()) // a container waits for its consumers to end
                .doOnNext(now -> count(now.getT1(), now.getT2()))
                .flatMap(now -> generationSwitch.advance(now.getT1()));
    }

    private synchronized void count(List<Generation> counted, ServedNumbers numbers) {
        Map<Integer, Generation> known =
                counted.stream().collect(Collectors.toMap(Generation::number, Function.identity()));
        containers.keySet().stream()
                .filter(number -> !known.containsKey(number))
                .forEach(this::stop);
        if (isRunning()) {
            known.values().stream()
                    .filter(generation -> !containers.containsKey(generation.number()))
                    .forEach(generation -> start(generation, batchSize(generation, numbers)));
        }
    }

    /** What is not served yet has more to catch up with, and each document of a batch is written once. */
    private int batchSize(Generation generation, ServedNumbers numbers) {
        return numbers.include(generation) ? properties.batchSize() : 2 * properties.batchSize();
    }

    private void start(Generation generation, int batchSize) {
        ViewCounting counting = countings.of(generation);
        var container = factories.ofBatches(batchSize).createContainer(properties.viewsTopic());
        container.setConcurrency(properties.consumers());
        container.setBeanName(Generation.numbered(NAME, generation.number()));
        ContainerProperties settings = container.getContainerProperties();
        settings.setSyncCommits(false); // nothing waits for what only informs tools
        settings.setGroupId(Generation.numbered(GROUP, generation.number()));
        settings.setConsumerRebalanceListener(counting.partitions());
        settings.setMessageListener(new ViewListener(counting));
        container.start();
        containers.put(generation.number(), container);
    }

    private void stop(int generation) {
        MessageListenerContainer container = containers.remove(generation);
        if (container != null) {
            container.stop();
        }
    }

    @Override
    public synchronized void stop() {
        super.stop();
        List.copyOf(containers.keySet()).forEach(this::stop);
    }
}

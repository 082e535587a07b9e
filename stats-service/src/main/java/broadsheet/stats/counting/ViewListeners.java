package broadsheet.stats.counting;

import broadsheet.kafka.ListenerFactories;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Consumes the views, each generation in a consumer group of its own. What is counted the store says: a generation that
 * begins is counted by every instance within seconds, one that is retired no longer. The offsets committed to Kafka only
 * inform tools; the store's positions decide.
 */
@Component
public class ViewListeners implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ViewListeners.class);
    private static final String NAME = "stats-views";
    private static final String GROUP = "stats-service";

    private final StatsProperties properties;
    private final GenerationProperties followed;
    private final Generations generations;
    private final NewProjections newProjections;
    private final GenerationSwitch generationSwitch;
    private final ViewCountings countings;
    private final ListenerFactories factories;
    private final Map<Integer, ConcurrentMessageListenerContainer<?, ?>> containers = new ConcurrentHashMap<>();
    private volatile @Nullable Disposable running;

    ViewListeners(
            StatsProperties properties,
            GenerationProperties followed,
            Generations generations,
            NewProjections newProjections,
            GenerationSwitch generationSwitch,
            ViewCountings countings,
            ListenerFactories factories) {
        this.properties = properties;
        this.followed = followed;
        this.generations = generations;
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
    public void start() {
        running = Flux.interval(Duration.ZERO, followed.lookEvery(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(tick -> follow().onErrorResume(this::storeAway), 1)
                .subscribe();
    }

    private Mono<Void> follow() {
        return newProjections
                .begin()
                .then(generations.counted().filter(countings::canCount).collectList())
                .publishOn(Schedulers.boundedElastic()) // a container waits for its consumers to end
                .doOnNext(this::count)
                .flatMap(generationSwitch::advance);
    }

    private Mono<Void> storeAway(Throwable e) {
        log.debug("The store does not say what to count; what is counted goes on: {}", e.toString());
        return Mono.empty();
    }

    private synchronized void count(List<Generation> counted) {
        Map<Integer, Generation> known =
                counted.stream().collect(Collectors.toMap(Generation::number, Function.identity()));
        containers.keySet().stream()
                .filter(number -> !known.containsKey(number))
                .forEach(this::stop);
        if (running != null) {
            known.values().stream()
                    .filter(generation -> !containers.containsKey(generation.number()))
                    .forEach(this::start);
        }
    }

    private void start(Generation generation) {
        ViewCounting counting = countings.of(generation);
        var container = factories.ofBatches(properties.batchSize()).createContainer(properties.viewsTopic());
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
        if (running != null) {
            running.dispose();
            running = null;
        }
        List.copyOf(containers.keySet()).forEach(this::stop);
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}

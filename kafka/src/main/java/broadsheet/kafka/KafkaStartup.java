package broadsheet.kafka;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Creates the service's topics, makes their settings and starts its listeners once Kafka answers: the service itself
 * starts without it, also where Kafka's name is not known yet.
 */
final class KafkaStartup implements SmartLifecycle {

    private static final long SECONDS_FOR_A_RUNNING_TRY = 2;

    private final KafkaAdmin kafka;
    private final @Nullable KafkaListenerEndpointRegistry listeners;
    private final List<TopicSetting> settings;
    private final KafkaReadingProperties properties;
    private final OutageLog outage = new OutageLog(LoggerFactory.getLogger(KafkaStartup.class), InstantSource.system());
    private @Nullable ScheduledThreadPoolExecutor tries;

    KafkaStartup(
            KafkaAdmin kafka,
            @Nullable KafkaListenerEndpointRegistry listeners,
            List<TopicSetting> settings,
            KafkaReadingProperties properties) {
        this.kafka = kafka;
        kafka.setFatalIfBrokerNotAvailable(true); // it throws instead of logging a stack trace
        this.listeners = listeners;
        this.settings = settings;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        tries = new ScheduledThreadPoolExecutor(1, KafkaStartup::daemon);
        tries.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        tryIn(0);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "start-with-kafka");
        thread.setDaemon(true);
        return thread;
    }

    /** A try that runs is not interrupted: {@link KafkaAdmin} would log that with a stack trace. */
    @Override
    public void stop() {
        ScheduledThreadPoolExecutor running = takeTries();
        if (running != null) {
            running.shutdown();
            try {
                running.awaitTermination(SECONDS_FOR_A_RUNNING_TRY, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized @Nullable ScheduledThreadPoolExecutor takeTries() {
        ScheduledThreadPoolExecutor taken = tries;
        tries = null;
        return taken;
    }

    @Override
    public synchronized boolean isRunning() {
        return tries != null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it catches what fails
    private synchronized void tryIn(long millis) {
        if (tries != null) {
            tries.schedule(this::tryNow, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tryNow() {
        try {
            kafka.initialize();
            startListeners();
            makeSettings();
            outage.recovered("Kafka answers; its topics are there and listeners run");
        } catch (RuntimeException e) {
            if (!isRunning()) { // it was stopped in the middle of it
                return;
            }
            outage.failed(
                    "Kafka cannot be used yet and is waited for: {}",
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            tryIn(properties.retry().toMillis());
        }
    }

    private synchronized void startListeners() {
        if (listeners != null && tries != null) {
            listeners.getListenerContainers().stream()
                    .filter(container -> !container.isRunning())
                    .forEach(MessageListenerContainer::start);
        }
    }

    private void makeSettings() {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = settings.stream()
                .collect(Collectors.groupingBy(
                        setting -> new ConfigResource(ConfigResource.Type.TOPIC, setting.topic()),
                        Collectors.mapping(
                                setting -> new AlterConfigOp(
                                        new ConfigEntry(setting.name(), setting.value()), AlterConfigOp.OpType.SET),
                                Collectors.toCollection(ArrayList::new))));
        if (!changes.isEmpty()) {
            try (var admin = new TopicAdmin(kafka.getConfigurationProperties())) {
                admin.change(changes);
            }
        }
    }
}

package broadsheet.notification;

import broadsheet.testservers.TestServers;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A running notification-service of its own, where a test needs more than one, or one that stops. */
public final class ServiceInstance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private ServiceInstance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one with settings such as {@code broadsheet.notification.stream.max-behind=8}. */
    public static ServiceInstance start(String bootstrapServers, String topic, String... settings) {
        Stream<String> own = Stream.of(
                "spring.config.name=broadsheet,notification-service",
                "server.port=0",
                "spring.kafka.bootstrap-servers=" + bootstrapServers,
                "spring.mongodb.uri=" + TestServers.mongoUri("test-" + UUID.randomUUID()),
                "broadsheet.notification.topic=" + topic,
                "broadsheet.notification.deliveries-topic=" + topic + ".deliveries",
                "broadsheet.notification.stream.heartbeat=200ms");
        String drain = "broadsheet.notification.stream.drain=";
        if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith(drain))) {
            own = Stream.concat(own, Stream.of(drain + "100ms"));
        }
        String[] arguments = Stream.concat(own, Arrays.stream(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new ServiceInstance(SpringApplication.run(NotificationService.class, arguments));
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}

package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;

import broadsheet.kafka.WholeTopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service started as a whole, for tests that stop it, or what it needs, or run it twice. */
final class ServiceInstance implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext context;
    private final WebTestClient http;

    private ServiceInstance(ConfigurableApplicationContext context) {
        this.context = context;
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        this.http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
    }

    /** Once it has read the topics, of which those of other tests drop what is cached. */
    static ServiceInstance start(String mongoUri, String kafka, String... settings) {
        ServiceInstance started = startWithoutKafka(mongoUri, kafka, settings);
        await().until(() -> started.context.getBeansOfType(WholeTopicReader.class).values().stream()
                .allMatch(WholeTopicReader::isCaughtUp));
        return started;
    }

    /** Whether or not Kafka answers. */
    static ServiceInstance startWithoutKafka(String mongoUri, String kafka, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--spring.mongodb.uri=" + mongoUri,
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--server.port=0",
                "--broadsheet.accounts.admin-password=" + NewsroomClient.PASSWORD,
                "--BROADSHEET_PASSWORD_COST=4",
                "--broadsheet.views.spool=target/spools/" + UUID.randomUUID(),
                "--broadsheet.search.folder=target/searches/" + UUID.randomUUID()));
        if (List.of(settings).stream().noneMatch(setting -> setting.startsWith("server.shutdown="))) {
            arguments.add("--server.shutdown=immediate");
        }
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        var context = new SpringApplicationBuilder(ArticleService.class)
                .initializers(ServiceInstance::ownThreads)
                .properties("spring.config.name=broadsheet,article-service")
                .run(arguments.toArray(String[]::new));
        return new ServiceInstance(context);
    }

    /** Or the first instance that ends takes the threads of the others along. */
    private static void ownThreads(ConfigurableApplicationContext context) {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        resources.afterPropertiesSet();
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> resources);
    }

    WebTestClient http() {
        return http;
    }

    NewsroomClient newsroom() {
        return new NewsroomClient(http);
    }

    /** Whose calls fail where the answer takes longer. */
    NewsroomClient newsroom(Duration longest) {
        return new NewsroomClient(http.mutate().responseTimeout(longest).build());
    }

    @Override
    public void close() {
        context.close();
    }
}

package broadsheet.standalone;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Dashboards and rules ask for what the services tell. Metrics of notification-service, most of which begin with the first
 * delivery, are compared in its own tests.
 */
@StandaloneTest
class ObservabilityIntegrationTests {

    private static final Path FOLDER = Path.of("../containers/observability");
    private static final Pattern SERIES =
            Pattern.compile("\\b(?!broadsheet_notification_)((?:broadsheet|jvm|http|process|cache)_\\w+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\\\\?\"(\\w+)\\\\?\"");
    private static final Pattern LABEL_NAME = Pattern.compile("[{,](\\w+)=\"");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\((\\w+(?:, \\w+)*)\\)");

    /** What Prometheus adds, and what only notification-service has. */
    private static final Set<String> OTHER_LABELS = Set.of("service", "channel", "state", "limit");

    private final PrometheusMeterRegistry meters;

    ObservabilityIntegrationTests(@Autowired PrometheusMeterRegistry meters, @LocalServerPort int port) {
        this.meters = meters;
        WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/stats/top")
                .exchangeToMono(ClientResponse::toBodilessEntity)
                .block();
        System.gc(); // whose pauses are told after the first
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> dashboards = Files.list(FOLDER.resolve("dashboards"))) {
            List<Path> all = dashboards.toList();
            return Stream.concat(Stream.of(FOLDER.resolve("rules.yml")), all.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsAskedForIsTold(Path file) throws IOException {
        String text = Files.readString(file);
        List<MatchResult> asked = SERIES.matcher(text).results().toList();

        await().untilAsserted(() -> {
            List<String> told = meters.scrape().lines().toList();
            assertThat(asked.stream().filter(series -> !isTold(series, told)).map(MatchResult::group))
                    .isEmpty();
            assertThat(labelsOf(told)).containsAll(groupedBy(text));
        });
    }

    private static boolean isTold(MatchResult series, List<String> told) {
        List<String> labels = LABEL.matcher(String.valueOf(series.group(2)))
                .results()
                .map(label -> label.group(1) + "=\"" + label.group(2) + "\"")
                .toList();
        return told.stream()
                .filter(line -> line.startsWith(series.group(1) + "{") || line.startsWith(series.group(1) + " "))
                .anyMatch(line -> labels.stream().allMatch(line::contains));
    }

    private static Set<String> groupedBy(String text) {
        return GROUPED.matcher(text)
                .results()
                .flatMap(labels -> Stream.of(labels.group(1).split(", ")))
                .filter(label -> !OTHER_LABELS.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> labelsOf(List<String> told) {
        return told.stream()
                .flatMap(line -> LABEL_NAME.matcher(line).results())
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
    }
}

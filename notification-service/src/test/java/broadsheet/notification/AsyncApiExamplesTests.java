package broadsheet.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AsyncApiExamplesTests {

    static Stream<String> messages() {
        return AsyncApiDocument.messages().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void anExampleIsWhatTheSchemasSay(String message) {
        JsonNode examples = AsyncApiDocument.message(message).path("examples");
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            assertThat(AsyncApiDocument.errors(message, example.path("payload")))
                    .isEmpty();
            if (example.has("headers")) {
                assertThat(AsyncApiDocument.headerErrors(message, example.path("headers")))
                        .isEmpty();
            }
        }
    }
}

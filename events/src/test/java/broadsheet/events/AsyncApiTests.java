package broadsheet.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The AsyncAPI document says what the code does; {@code -Dasyncapi=write} writes into it what the code says. */
class AsyncApiTests {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.json");
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final JsonMapper WRITER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(LINES)
                    .withArrayIndenter(LINES))
            .build();

    @Test
    void theDocumentHasTheTopicsAsTheyAre() throws IOException {
        JsonNode document = JsonMapper.shared().readTree(Files.readString(DOCUMENT));
        String asTheyAre = WRITER.writeValueAsString(AsyncApiTopics.replacedIn(document)) + "\n";
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(DOCUMENT, asTheyAre);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/asyncapi.json; run this test with -Dasyncapi=write to bring it up to date")
                .isEqualTo(asTheyAre);
    }
}

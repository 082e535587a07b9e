package broadsheet.stats.imports;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines of JSON: {@code {"page": "/news/campus/open-day", "views": 7}}; other fields are left out. */
final class NdjsonLines implements ImportFormat {

    private final JsonMapper json;

    NdjsonLines(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Optional<ImportedPage> read(String line) {
        try {
            JsonNode object = json.readTree(line);
            if (!object.path("page").isString()) {
                throw new IllegalArgumentException("page is missing or no text");
            }
            if (!object.path("views").canConvertToLong()
                    || !object.path("views").isIntegralNumber()) {
                throw new IllegalArgumentException("views is missing or no whole number");
            }
            return Optional.of(new ImportedPage(
                    object.path("page").asString(), object.path("views").asLong()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the line is no JSON", e);
        }
    }
}

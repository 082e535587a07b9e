package broadsheet.testservers.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI 3.1 document to which answers, and its own examples, are held. */
public final class OpenApiDocument {

    private static final String ID = "https://broadsheet.example/openapi";

    /** Of the server rather than of a call. */
    private static final Set<Integer> OF_ANY_CALL = Set.of(405);

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final List<PathPattern> paths;

    public OpenApiDocument(String text) {
        this.document = JsonMapper.shared().readTree(text);
        this.schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of(ID, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        this.paths = document.path("paths").propertyNames().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .sorted(PathPattern.SPECIFICITY_COMPARATOR.thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    public JsonNode json() {
        return document;
    }

    /**
     * What does not fit; nothing where no call of that path and method is described, or nothing is said of it yet.
     *
     * @param type of the body; null where there is none
     * @param body empty where it is not looked at
     */
    List<String> errors(String method, PathContainer path, int status, @Nullable MediaType type, String body) {
        JsonNode operation = operation(method, path);
        if (operation.path("summary").asString("").isEmpty() || OF_ANY_CALL.contains(status)) {
            return List.of();
        }
        JsonNode response = resolved(operation.path("responses").path(String.valueOf(status)));
        if (response.isMissingNode()) {
            return List.of("the status " + status + " is not described");
        }
        if (type == null) {
            return List.of();
        }
        JsonNode content = response.path("content").path(type.getType() + "/" + type.getSubtype());
        return content.isMissingNode()
                        && response.path("content").path(type.toString()).isMissingNode()
                ? List.of("the type " + type + " is not described")
                : body.isEmpty()
                        ? List.of()
                        : errors(content.path("schema"), JsonMapper.shared().readTree(body));
    }

    /** What does not fit; a schema that is no reference is not looked at. */
    public List<String> errors(JsonNode schema, JsonNode value) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty()
                ? List.of()
                : schemas.getSchema(SchemaLocation.of(ID + reference)).validate(value).stream()
                        .map(Error::toString)
                        .toList();
    }

    /** What a reference within the document refers to, or the node itself. */
    public JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private JsonNode operation(String method, PathContainer path) {
        String described = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        Optional<PathPattern> found =
                paths.stream().filter(pattern -> pattern.matches(path)).findFirst();
        return document.path("paths")
                .path(found.map(PathPattern::getPatternString).orElse(""))
                .path(described);
    }
}

package broadsheet.web.openapi;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.StaffAccess;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of all calls in OpenAPI 3.1: what the controllers say, who may call what, errors, and our notes. */
final class ApiDocument {

    private static final String PAGES = "pages";

    private final ControllerReader controllers;
    private final StaffAccess staff;
    private final JsonMapper json;
    private final String title;

    ApiDocument(ControllerReader controllers, StaffAccess staff, JsonMapper json, String title) {
        this.controllers = controllers;
        this.staff = staff;
        this.json = json;
        this.title = title;
    }

    /** Blocks, and takes a second or two. */
    byte[] make() {
        ObjectNode read = (ObjectNode) json.readTree(controllers.read());
        OperationNotes notes = OperationNotes.read(json);
        var document = json.createObjectNode().put("openapi", "3.1.0");
        DocumentHead.describe(document, title);
        document.set("paths", read.get("paths"));
        document.set("components", read.get("components"));
        ObjectNode components = (ObjectNode) document.get("components");
        ObjectNode schemas = (ObjectNode) components.get("schemas");
        RecordSchemas.refine(schemas);
        OperationErrors.define(components.putObject("responses"));
        DocumentHead.defineSecurity(components.putObject("securitySchemes"));

        var tags = new TreeSet<String>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                String call = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                describe((ObjectNode) method.getValue(), method.getKey(), path.getKey(), notes.on(call));
                tags.add(tag(path.getKey()));
            }
        }
        ArrayNode named = document.putArray("tags");
        tags.forEach(tag -> named.addObject().put("name", tag));
        UnusedParts.remove(document, "responses");
        UnusedParts.remove(document, "schemas");
        SchemaNames.shorten(document);
        SchemaPatterns.translate(document.get("components").get("schemas"));
        ProblemSchema.define((ObjectNode) components.get("schemas"));
        return json.writeValueAsBytes(document);
    }

    private void describe(ObjectNode operation, String method, String path, OperationNote note) {
        operation.putArray("tags").add(tag(path));
        operation.put("operationId", id(method, path));
        operation.put("summary", note.summary());
        if (note.description() != null) {
            operation.put("description", note.description());
        }
        boolean isPage = !path.startsWith("/api/");
        OperationAnswers.describe(
                operation, isPage && note.type().isEmpty() ? List.of("text/html") : note.type(), note);
        OperationInput.describe(operation, path, note);
        Optional<AllowedCalls.Caller> caller =
                staff.caller(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), path.replaceAll("\\{[^}]+}", "x"));
        boolean needsStaff = caller.isPresent() && caller.get().isStaff();
        DocumentHead.secure(operation, caller);
        OperationErrors.addTo(operation, path, caller.isPresent() || operation.has("security"), needsStaff, note);
    }

    private static String tag(String path) {
        return path.startsWith("/api/") ? path.split("/", -1)[2].replaceAll("\\..*", "") : PAGES;
    }

    /** Such as {@code getArticlesId}: what generated clients call it, so it stays as it is while the path does. */
    private static String id(String method, String path) {
        var id = new StringBuilder(method);
        for (String word : path.replaceFirst("^/api/", "").split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return id.length() == method.length() ? method + "Home" : id.toString();
    }
}

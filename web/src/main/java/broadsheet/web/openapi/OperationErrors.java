package broadsheet.web.openapi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** The errors that a call can answer, each as problem details: those of all calls that take what it takes, and its own. */
final class OperationErrors {

    private static final Map<Integer, List<String>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry(400, List.of("BadInput", "A field, parameter or header does not fit; `errors` names each")),
            Map.entry(401, List.of("SignInFirst", "Nobody is signed in, or the token is no longer good")),
            Map.entry(403, List.of("NotAllowed", "The caller's roles do not allow it")),
            Map.entry(404, List.of("NotFound", "There is no such thing, or the caller may not know of it")),
            Map.entry(406, List.of("NotAcceptable", "It cannot be had in a type that `Accept` names")),
            Map.entry(409, List.of("Conflict", "What is there already, or the state it is in, forbids it")),
            Map.entry(410, List.of("Gone", "It was withdrawn")),
            Map.entry(412, List.of("Changed", "It is no longer the version that `If-Match` names")),
            Map.entry(413, List.of("TooLarge", "The body is larger than this call takes")),
            Map.entry(415, List.of("UnsupportedType", "The body's type is none that this call takes")),
            Map.entry(416, List.of("RangeOutside", "The range lies outside of what there is")),
            Map.entry(422, List.of("Unprocessable", "The body can be read, and yet nothing be made of it")),
            Map.entry(428, List.of("NeedsIfMatch", "`If-Match` is missing")),
            Map.entry(429, List.of("TooMany", "Too many such calls; `Retry-After` says when to come again")),
            Map.entry(501, List.of("NotImplemented", "What is asked for is not done here")),
            Map.entry(502, List.of("BadAnswer", "What had to be asked gave no answer that can be used")),
            Map.entry(503, List.of("Unavailable", "Not now, such as while the store is away; see `Retry-After`"))));

    /** Browsers get a page instead. */
    private static final String ON_PAGES = "OnPages";

    private OperationErrors() {}

    /** {@code components.responses}. */
    static void define(ObjectNode responses) {
        ALL.forEach((status, words) -> {
            ObjectNode response = responses.putObject(words.get(0));
            response.put("description", words.get(1));
            ObjectNode problem = response.putObject("content").putObject("application/problem+json");
            problem.putObject("schema").put("$ref", SchemaNames.REFERENCE + ProblemSchema.NAME);
            problem.set("example", ProblemSchema.example(problem, status, words.get(1)));
            ObjectNode onPages = response.deepCopy();
            ((ObjectNode) onPages.get("content"))
                    .putObject("text/html")
                    .putObject("schema")
                    .put("type", "string");
            responses.set(words.get(0) + ON_PAGES, onPages);
        });
    }

    static void addTo(ObjectNode operation, String path, boolean knowsStaff, boolean needsStaff, OperationNote note) {
        var statuses = new TreeSet<>(note.errors());
        statuses.add(503);
        if (note.isIdempotent()) {
            statuses.addAll(List.of(409, 422));
        }
        if (path.startsWith("/api/") || !operation.path("parameters").isEmpty()) {
            statuses.add(400);
        }
        if (path.contains("{")) {
            statuses.add(404);
        }
        if (knowsStaff) {
            statuses.add(401);
        }
        if (needsStaff) {
            statuses.add(403);
        }
        if (hasParameter(operation, "If-Match")) {
            statuses.addAll(List.of(412, 428));
        }
        if (operation.has("requestBody")) {
            statuses.addAll(List.of(413, 415));
        }
        if (!operation.path("responses").findValues("content").isEmpty()) {
            statuses.add(406);
        }
        String kind = path.startsWith("/api/") ? "" : ON_PAGES;
        ObjectNode responses = (ObjectNode) operation.get("responses");
        statuses.forEach(status -> responses
                .putObject(String.valueOf(status))
                .put("$ref", "#/components/responses/" + name(status) + kind));
    }

    static boolean hasParameter(ObjectNode operation, String name) {
        return operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString("").equals(name));
    }

    private static String name(int status) {
        List<String> words = ALL.get(status);
        if (words == null) {
            throw new IllegalArgumentException("No error is described that has the status " + status);
        }
        return words.get(0);
    }
}

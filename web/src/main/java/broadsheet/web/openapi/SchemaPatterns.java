package broadsheet.web.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Patterns as JSON Schema means them: found anywhere in a text, in the dialect of ECMA-262. Ours are Java's, and a text is
 * all of it.
 */
final class SchemaPatterns {

    private static final String CONTROL = "\\u0000-\\u001f\\u007f";
    private static final String SURROGATE = "\\ud800-\\udfff";

    private SchemaPatterns() {}

    static void translate(JsonNode node) {
        if (node instanceof ObjectNode schema && schema.path("pattern").isString()) {
            schema.put("pattern", translated(schema.path("pattern").asString()));
        }
        node.forEach(SchemaPatterns::translate);
    }

    static String translated(String java) {
        String pattern = java.replace("\\P{Cntrl}", "[^" + CONTROL + "]")
                .replace("\\p{Cntrl}", CONTROL)
                .replace("\\p{Cs}", SURROGATE);
        return pattern.startsWith("^") ? pattern : "^(?:" + pattern + ")$";
    }
}

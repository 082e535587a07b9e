package broadsheet.web.openapi;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Short names for schemas that have the full names of classes: as short as tells them apart. */
final class SchemaNames {

    static final String REFERENCE = "#/components/schemas/";

    private SchemaNames() {}

    static void shorten(ObjectNode document) {
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        Map<String, String> names = shortened(schemas.propertyNames());
        ObjectNode renamed = schemas.objectNode();
        names.forEach((full, name) -> renamed.set(name, schemas.get(full)));
        ((ObjectNode) document.get("components")).set("schemas", renamed);
        rename(document, names);
    }

    static Map<String, String> shortened(Collection<String> fullNames) {
        var names = new TreeMap<String, String>();
        fullNames.forEach(full -> names.put(full, full));
        for (UnaryOperator<String> length : Arrays.<UnaryOperator<String>>asList(
                SchemaNames::simple, SchemaNames::withEnclosing, SchemaNames::withPackage)) {
            Map<String, Long> taken = fullNames.stream().collect(groupingBy(length, counting()));
            names.replaceAll((full, name) ->
                    name.equals(full) && taken.getOrDefault(length.apply(full), 0L) == 1 ? length.apply(full) : name);
        }
        return names;
    }

    private static String simple(String full) {
        return eachPart(full, parts -> parts[parts.length - 1]);
    }

    private static String withEnclosing(String full) {
        return eachPart(full, parts -> last(parts, 2));
    }

    private static String withPackage(String full) {
        return eachPart(full, parts -> last(parts, 3));
    }

    /** Of {@code broadsheet.web.paging.PageBroadsheet.article.Article}, which is a page of articles, {@code ArticlePage}. */
    private static String eachPart(String full, Function<String[], String> name) {
        String[] generic = full.split("(?<=\\w)(?=Broadsheet\\.)", 2);
        String raw = name.apply(generic[0].split("\\."));
        return generic.length == 1 ? raw : name.apply(generic[1].split("\\.")) + raw;
    }

    private static String last(String[] parts, int count) {
        var name = new StringBuilder();
        for (int i = Math.max(0, parts.length - count); i < parts.length; i++) {
            name.append(StringUtils.capitalize(parts[i]));
        }
        return name.toString();
    }

    private static void rename(JsonNode node, Map<String, String> names) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            String full = object.path("$ref").asString().replace(REFERENCE, "");
            if (names.containsKey(full)) {
                object.put("$ref", REFERENCE + names.get(full));
            }
        }
        node.forEach(child -> rename(child, names));
    }
}

package broadsheet.web.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds to the schema of a record what Java says of it: what may be null, what is always there, and that there is no more. */
final class RecordSchemas {

    private RecordSchemas() {}

    /** @param schemas by the full name of the class that each describes, followed by that of its type argument */
    static void refine(ObjectNode schemas) {
        for (String name : schemas.propertyNames()) {
            ObjectNode schema = withoutInterface((ObjectNode) schemas.get(name));
            schemas.set(name, schema);
            type(name).filter(Class::isRecord).ifPresent(type -> refine(schema, type));
        }
    }

    /** What implements a sealed interface is described as its sum with nothing, which could not be closed. */
    private static ObjectNode withoutInterface(ObjectNode schema) {
        for (JsonNode part : schema.path("allOf")) {
            if (part.has("properties")) {
                return (ObjectNode) part;
            }
        }
        return schema;
    }

    private static Optional<Class<?>> type(String name) {
        String raw = name.split("(?<=\\w)(?=(Broadsheet|Java|Org)\\.)", 2)[0];
        try {
            return Optional.of(ClassUtils.forName(raw, RecordSchemas.class.getClassLoader())); // nested ones too
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void refine(ObjectNode schema, Class<?> type) {
        if (!(schema.get("properties") instanceof ObjectNode properties)) {
            return;
        }
        ArrayNode required = schema.putArray("required");
        refine(properties, required, type);
        if (required.isEmpty()) {
            schema.remove("required");
        }
        schema.put("additionalProperties", false);
    }

    private static void refine(ObjectNode properties, ArrayNode required, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                boolean isThere = !isNullable(component);
                refine(properties, isThere ? required : properties.arrayNode(), component.getType());
            } else if (properties.has(name)) {
                if (isNullable(component)) {
                    properties.set(name, orNull((ObjectNode) properties.get(name)));
                } else {
                    required.add(name);
                }
            }
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.get("enum") instanceof ArrayNode choices && !contains(choices, null)) {
            choices.addNull();
        }
        if (schema.has("$ref")) {
            ObjectNode either = schema.objectNode();
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        if (schema.get("oneOf") instanceof ArrayNode choices) {
            choices.addObject().put("type", "null");
        } else if (schema.path("type").isString()) {
            String type = schema.path("type").asString();
            schema.putArray("type").add(type).add("null");
        } else if (schema.get("type") instanceof ArrayNode types && !contains(types, "null")) {
            types.add("null");
        }
        return schema;
    }

    private static boolean contains(ArrayNode array, @Nullable String text) {
        return array.valueStream()
                .anyMatch(
                        item -> text == null ? item.isNull() : item.asString("").equals(text));
    }
}

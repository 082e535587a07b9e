package broadsheet.web.openapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Removes the components that no call refers to, such as the schemas of the framework's types. */
final class UnusedParts {

    private UnusedParts() {}

    /** @param kind of components, such as {@code schemas} */
    static void remove(ObjectNode document, String kind) {
        String prefix = "#/components/" + kind + "/";
        ObjectNode parts = (ObjectNode) document.at("/components/" + kind);
        Set<String> used = new HashSet<>();
        List<String> found = names(document.get("paths").findValuesAsString("$ref"), prefix);
        while (!found.isEmpty()) {
            List<String> unseen = found.stream().filter(used::add).toList();
            found = unseen.stream()
                    .flatMap(name -> names(parts.path(name).findValuesAsString("$ref"), prefix).stream())
                    .toList();
        }
        parts.retain(used);
    }

    private static List<String> names(List<String> references, String prefix) {
        return references.stream()
                .filter(reference -> reference.startsWith(prefix))
                .map(reference -> reference.substring(prefix.length()))
                .toList();
    }
}

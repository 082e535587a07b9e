package broadsheet.article.imports.format;

import broadsheet.article.exports.CategoryLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Categories in an order in which each comes after its parent; where parents are unknown or form a circle they are left out. */
record CategoryOrder(Map<String, CategoryLine> bySlug) {

    List<CategoryLine> parentsFirst() {
        var placed = new LinkedHashMap<String, CategoryLine>();
        for (CategoryLine category : bySlug.values()) {
            var path = new ArrayList<CategoryLine>();
            for (CategoryLine next = category;
                    next != null && !placed.containsKey(String.valueOf(next.slug())) && !path.contains(next);
                    next = parentOf(next)) {
                path.add(0, next);
            }
            for (CategoryLine next : path) {
                String parent = next.parent() != null && placed.containsKey(next.parent()) ? next.parent() : null;
                placed.put(
                        String.valueOf(next.slug()),
                        new CategoryLine(next.kind(), next.slug(), next.name(), parent, next.position()));
            }
        }
        return List.copyOf(placed.values());
    }

    private @Nullable CategoryLine parentOf(CategoryLine category) {
        return category.parent() == null ? null : bySlug.get(category.parent());
    }
}

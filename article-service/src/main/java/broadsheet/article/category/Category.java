package broadsheet.article.category;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * A category of articles, which pages call a section; {@code position} orders them, lowest first.
 *
 * @param storedVersion goes up with each change; absent from the documents of earlier releases
 * @param placedBelow how often a category was placed below it or below one of its own; absent where none ever was
 */
@Document("categories")
public record Category(
        @Id String slug,
        String name,
        @Nullable String parent,
        int position,
        @Nullable @Field("version") Long storedVersion,
        @Nullable Long placedBelow) {

    /** A new category in the place of one that was removed at this version. */
    Category after(long removedVersion) {
        return new Category(slug, name, parent, position, removedVersion + 1, placedBelow);
    }

    Category below(@Nullable String newParent) {
        return new Category(slug, name, newParent, position, storedVersion, placedBelow);
    }

    /** What a client names in {@code If-Match}. */
    long version() {
        return storedVersion == null ? 0 : storedVersion;
    }
}

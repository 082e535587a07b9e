package broadsheet.article.category;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * A category of articles, which pages call a section; {@code position} orders them, lowest first.
 *
 * @param storedVersion goes up with each change; absent from the documents of earlier releases
 */
@Document("categories")
public record Category(
        @Id String slug,
        String name,
        @Nullable String parent,
        int position,
        @Nullable @Field("version") Long storedVersion) {

    /** What a client names in {@code If-Match}. */
    long version() {
        return storedVersion == null ? 0 : storedVersion;
    }
}

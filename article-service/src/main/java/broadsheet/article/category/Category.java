package broadsheet.article.category;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A section of the site; {@code position} orders them, lowest first. */
@Document("categories")
public record Category(
        @Id String slug, String name, @Nullable String parent, int position) {}

package broadsheet.article.category;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A category of articles, which pages call a section; {@code position} orders them, lowest first. */
@Document("categories")
public record Category(
        @Id String slug, String name, @Nullable String parent, int position) {}

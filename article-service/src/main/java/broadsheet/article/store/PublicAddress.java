package broadsheet.article.store;

import broadsheet.article.content.CategoryLabel;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** What a sitemap says of an article. */
@Document("articles")
public record PublicAddress(@Id String id, String slug, Headline content, Dates dates) {

    public record Headline(
            String title, CategoryLabel category, @Nullable String language) {}

    public record Dates(
            Instant listed,
            @Nullable Instant published,
            @Nullable Instant corrected,
            @Nullable Instant withdrawn) {

        /** When readers last got, or lost, what the page shows. */
        public Instant changed() {
            return Stream.of(listed, published, corrected, withdrawn)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElseThrow();
        }
    }

    public String url() {
        return "/news/" + content.category().slug() + "/" + slug;
    }
}

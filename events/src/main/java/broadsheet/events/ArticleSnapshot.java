package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An article as other services know it, without its body.
 *
 * @param version counts up with every change; of a published article, with every change that readers see
 * @param url the path of its page below the site's origin
 * @param language BCP 47 tag
 */
public record ArticleSnapshot(
        String id,
        long version,
        Status status,
        String slug,
        String url,
        String title,
        @Nullable String subtitle,
        @Nullable String summary,
        Section category,
        List<String> tags,
        List<String> authors,
        List<Credit> credits,
        @Nullable String language,
        @Nullable String coverImage,
        @Nullable Instant publishedAt,
        Instant updatedAt) {

    public ArticleSnapshot {
        Required.text("article.id", id);
        Required.notNegative("article.version", version);
        Required.present("article.status", status);
        Required.text("article.slug", slug);
        Required.text("article.url", url);
        Required.text("article.title", title);
        Required.present("article.category", category);
        Required.present("article.updatedAt", updatedAt);
        tags = Required.elements("article.tags", tags);
        authors = Required.elements("article.authors", authors);
        credits = Required.elements("article.credits", credits);
    }

    /** Who did what for the article, such as {@code Copy} and {@code Publicity Department}. */
    public record Credit(String role, String name) {
        public Credit {
            Required.text("article.credits.role", role);
            Required.text("article.credits.name", name);
        }
    }

    /** A section of the site. */
    public record Section(String slug, String name) {
        public Section {
            Required.text("article.category.slug", slug);
            Required.text("article.category.name", name);
        }
    }

    /** Where an article stands between its first draft and its withdrawal. */
    public enum Status {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("in_review")
        IN_REVIEW,
        @JsonProperty("approved")
        APPROVED,
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("corrected")
        CORRECTED,
        @JsonProperty("withdrawn")
        WITHDRAWN;

        /** Whether readers may see the article. */
        public boolean isPublic() {
            return switch (this) {
                case PUBLISHED, CORRECTED -> true;
                case DRAFT, IN_REVIEW, APPROVED, SCHEDULED, WITHDRAWN -> false;
            };
        }
    }
}

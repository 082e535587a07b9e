package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The version of each article that readers may read, in memory: from {@code news.articles}, and at once from what this
 * instance changes. It takes some 120 bytes for each article that ever was public.
 */
@Component
public class PublicVersions {

    /** Negative for what was withdrawn, so that an event from before it does not bring the article back. */
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    /** Null for what readers may not know of, and for what is not known here yet: the store knows. */
    public @Nullable Long of(String articleId) {
        Long version = versions.get(articleId);
        return version == null || version < 0 ? null : version;
    }

    boolean keepNewest(Article article) {
        return keepNewest(article.id(), article.status(), article.version());
    }

    /** Whether readers see something else than what was known here. */
    boolean keepNewest(ArticleSnapshot article) {
        return keepNewest(article.id(), article.status(), article.version());
    }

    private boolean keepNewest(String id, Status status, long version) {
        return switch (status) {
            case PUBLISHED, CORRECTED -> replaces(id, version);
            case WITHDRAWN -> replaces(id, -version);
            case DRAFT, IN_REVIEW, APPROVED, SCHEDULED ->
                false; // and so it was before: nothing that was public goes back
        };
    }

    private boolean replaces(String id, long version) {
        Long before = versions.get(id);
        return !Objects.equals(versions.merge(id, version, PublicVersions::newer), before);
    }

    private static Long newer(Long one, Long other) {
        return Math.abs(one) > Math.abs(other) ? one : other;
    }
}

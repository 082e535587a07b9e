package broadsheet.benchmarks;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The event of an article of usual size that readers get to see. */
final class PublishedArticle {

    private PublishedArticle() {}

    static Envelope<ArticlePublished> event(String id) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String slug = "strengthen-communication-" + id;
        return Envelope.of(
                "/article-service",
                now,
                new ArticlePublished(new ArticleSnapshot(
                        id,
                        3,
                        ArticleSnapshot.Status.PUBLISHED,
                        slug,
                        "/news/company-news/" + slug,
                        "Strengthen communication and promote development together",
                        "The companies visited each other",
                        "What was said, what was shown and what comes next, in a few words for those who were not there",
                        new ArticleSnapshot.Section("company-news", "Company news"),
                        List.of("exchange", "visit"),
                        List.of("Ada Lovelace"),
                        List.of(),
                        "en",
                        null,
                        now,
                        now)));
    }
}

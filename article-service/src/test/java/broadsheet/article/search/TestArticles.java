package broadsheet.article.search;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.StaffMember;
import java.time.Instant;
import java.util.List;

/** Articles as tests of the index need them, published a minute after each other. */
final class TestArticles {

    static final Instant FIRST = Instant.parse("2026-11-01T08:00:00Z");

    private static final StaffMember ANN = new StaffMember("ann", "Ann", false);
    private static final StaffMember ED = new StaffMember("ed", "Ed", true);

    private TestArticles() {}

    static Article draft(int number, String title, String body, String... tags) {
        String id = "article-%05d".formatted(number);
        return Article.draft(id, id, content(title, body, tags), ANN, FIRST.plusSeconds(60L * number));
    }

    static Article published(int number, String title, String body, String... tags) {
        Instant now = FIRST.plusSeconds(60L * number);
        return draft(number, title, body, tags)
                .submit(ANN, null, now)
                .approve(ED, null, now)
                .publish(ED, null, now);
    }

    static Article withCorrection(Article article, String title, String body) {
        return article.rewrite(content(title, body), ED, FIRST.plusSeconds(1_000_000));
    }

    private static Content content(String title, String body, String... tags) {
        return new Content(
                title,
                null,
                null,
                Body.of(Body.Format.MARKDOWN, body),
                new CategoryLabel("news", "News"),
                List.of(tags),
                null,
                List.of(),
                null);
    }
}

package broadsheet.article.store;

import broadsheet.article.content.Content;
import broadsheet.article.content.MediaReferences;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.SavedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A content that somebody saved; its number is the version that the article had then.
 *
 * @param media the ids of the pictures it shows, which are kept for it
 */
@Document(Revision.COLLECTION)
public record Revision(@Id String id, String articleId, SavedBy saved, Content content, Set<String> media) {

    static final String COLLECTION = "article_revisions";

    static Revision of(String articleId, Content content, SavedBy saved) {
        return new Revision(articleId + "@" + saved.version(), articleId, saved, content, MediaReferences.in(content));
    }

    public long number() {
        return saved.version();
    }

    /** Those that are in the article itself, the newest first: its content, and that of its correction. */
    static List<Revision> in(Article article) {
        var revisions = new ArrayList<Revision>();
        Correction correction = article.correction();
        if (correction != null) {
            revisions.add(of(article.id(), correction.content(), correction.saved()));
        }
        revisions.add(of(article.id(), article.content(), article.saved()));
        return revisions;
    }
}

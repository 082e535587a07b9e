package broadsheet.article.lock;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** Who says to be editing an article, since when and until when. */
@Document(EditLock.COLLECTION)
record EditLock(@Id String articleId, String by, String displayName, Instant since, Instant until) {

    static final String COLLECTION = "article_locks";
}

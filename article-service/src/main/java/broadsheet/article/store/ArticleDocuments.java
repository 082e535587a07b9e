package broadsheet.article.store;

import broadsheet.article.content.MediaReferences;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Correction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.MongoPersistentProperty;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Articles as documents, with what is only there to find them by. */
@Component
class ArticleDocuments {

    /** Every slug that leads to the article; no two articles have one of them. */
    static final String ADDRESSES = "addresses";

    /** The ids of all pictures that the article or its correction shows. */
    static final String MEDIA = "media";

    /** The ids of the pictures that readers may see. */
    static final String PUBLIC_MEDIA = "publicMedia";

    private final ReactiveMongoTemplate mongo;

    ArticleDocuments(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Document of(Article article) {
        var document = new Document();
        mongo.getConverter().write(article, document);
        document.put(ADDRESSES, addresses(article));
        document.put(MEDIA, List.copyOf(media(article)));
        document.put(PUBLIC_MEDIA, article.isPublic() ? List.copyOf(MediaReferences.in(article.content())) : List.of());
        return document;
    }

    /** Everything but the outbox, which is no part of an article; what the article no longer has is removed. */
    Update replacement(Article article) {
        var update = new Update();
        Document fields = of(article);
        for (MongoPersistentProperty property :
                mongo.getConverter().getMappingContext().getRequiredPersistentEntity(Article.class)) {
            if (!property.isIdProperty() && !fields.containsKey(property.getFieldName())) {
                update.unset(property.getFieldName());
            }
        }
        fields.forEach((field, value) -> {
            if (!"_id".equals(field)) {
                update.set(field, value);
            }
        });
        return update;
    }

    private static List<String> addresses(Article article) {
        var addresses = new ArrayList<String>();
        addresses.add(article.slug());
        addresses.addAll(article.earlierSlugs());
        return addresses;
    }

    private static Set<String> media(Article article) {
        var media = new TreeSet<>(MediaReferences.in(article.content()));
        Correction correction = article.correction();
        if (correction != null) {
            media.addAll(MediaReferences.in(correction.content()));
        }
        return media;
    }
}

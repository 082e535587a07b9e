package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.media.ImageUse;
import broadsheet.article.workflow.Article;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which pictures articles show, by the ids that are stored beside each text. */
@Component
class ArticleImages implements ImageUse {

    private static final List<Class<?>> WITH_TEXTS =
            List.of(Article.class, Revision.class, ConflictingTexts.ConflictingText.class);

    private final ReactiveMongoTemplate mongo;

    ArticleImages(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public Mono<Boolean> isUsed(String imageId) {
        return Flux.fromIterable(WITH_TEXTS)
                .map(mongo::getCollectionName)
                .concatMap(collection ->
                        mongo.exists(query(where(ArticleDocuments.MEDIA).is(imageId)), collection))
                .any(used -> used);
    }

    @Override
    public Mono<String> publicArticle(String imageId) {
        Query showing = query(where(ArticleDocuments.PUBLIC_MEDIA).is(imageId));
        showing.fields().include("_id");
        return mongo.findOne(showing, Document.class, mongo.getCollectionName(Article.class))
                .map(article -> article.getString("_id"));
    }
}

package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.workflow.Article;
import broadsheet.store.StoreAtStart;
import java.util.List;
import org.bson.Document;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The indexes of the articles, made before anything else starts and so before the first request. */
@Component
class ArticleIndexes implements SmartLifecycle {

    private final ReactiveMongoTemplate mongo;
    private volatile boolean running;

    ArticleIndexes(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void start() {
        var indexes = mongo.indexOps(Article.class);
        StoreAtStart.await(addressesOfEarlierReleases()
                .thenMany(Flux.just(
                        new Index(ArticleDocuments.ADDRESSES, Direction.ASC)
                                .unique()
                                .named("addresses"),
                        new Index("schedule.at", Direction.ASC)
                                .named("schedule")
                                .partial(PartialIndexFilter.of(
                                        where("schedule.at").exists(true))),
                        new Index(ArticleDocuments.MEDIA, Direction.ASC).named("media"),
                        new Index(ArticleDocuments.PUBLIC_MEDIA, Direction.ASC).named("publicMedia"),
                        new Index("slug", Direction.ASC).unique().named("slug"),
                        new Index("status", Direction.ASC)
                                .on("dates.listed", Direction.DESC)
                                .on("_id", Direction.DESC)
                                .named("listing"),
                        new Index("correction.stage", Direction.ASC)
                                .on("dates.listed", Direction.DESC)
                                .on("_id", Direction.DESC)
                                .named("correction"),
                        new Index("content.category.slug", Direction.ASC)
                                .on("dates.listed", Direction.DESC)
                                .on("_id", Direction.DESC)
                                .named("section"), // the name it got first: another one would build it anew
                        new Index("author.displayName", Direction.ASC)
                                .on("dates.listed", Direction.DESC)
                                .on("_id", Direction.DESC)
                                .named("author"),
                        new Index("content.tags", Direction.ASC)
                                .on("dates.listed", Direction.DESC)
                                .on("_id", Direction.DESC)
                                .named("tag")))
                .concatMap(indexes::createIndex)
                .then());
        running = true;
    }

    /** Earlier releases kept one slug an article, and nothing to find it by but that. */
    private Mono<Void> addressesOfEarlierReleases() {
        Query without = query(where(ArticleDocuments.ADDRESSES).exists(false));
        without.fields().include("slug");
        return mongo.find(without, Document.class, mongo.getCollectionName(Article.class))
                .concatMap(document -> mongo.updateFirst(
                        query(where("_id").is(document.get("_id")).and("slug").is(document.get("slug"))),
                        new Update().set(ArticleDocuments.ADDRESSES, List.of(document.getString("slug"))),
                        Article.class))
                .then();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}

package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.store.StoreAtStart;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

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
        StoreAtStart.await(Flux.just(
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
                                .named("tag"))
                .concatMap(indexes::createIndex)
                .then());
        running = true;
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

package broadsheet.article.schedule;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.store.ListedArticle;
import broadsheet.events.ArticleSnapshot.Status;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** The articles that wait for their time, by it. */
@Component
class ScheduledArticles {

    private final ReactiveMongoTemplate mongo;

    ScheduledArticles(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** The first so many behind those that are skipped, the next one first. */
    Flux<ListedArticle> next(long skipped, int limit) {
        Query waiting = query(
                        where("status").is(Status.SCHEDULED).and("schedule.at").exists(true))
                .with(Sort.by("schedule.at", "_id"))
                .skip(skipped)
                .limit(limit);
        waiting.fields().exclude("content.body", "history");
        return mongo.find(waiting, ListedArticle.class);
    }
}

package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The newest articles that readers may read, whole: what feeds are made of. */
@Component
public class NewestArticles {

    /** What a feed is about. */
    public enum About {
        SITE,
        CATEGORY,
        TAG
    }

    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "dates.listed", "_id");

    private final ReactiveMongoTemplate mongo;

    NewestArticles(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * As readers see them, their bodies as they were stored.
     *
     * @param name the category's slug or the tag; of no meaning for the site
     */
    public Flux<Article> of(About about, String name, int limit) {
        Query query = query(articles(about, name).and("status").in(Status.PUBLISHED, Status.CORRECTED))
                .with(NEWEST_FIRST)
                .limit(limit);
        query.fields().exclude("correction", "history", Outbox.FIELD);
        return mongo.find(query, Article.class).map(Article::asPublished);
    }

    /** When the last of those published since a time was withdrawn; empty where none was. */
    public Mono<Instant> lastWithdrawal(About about, String name, Instant publishedSince) {
        Query query = query(articles(about, name)
                .and("status")
                .is(Status.WITHDRAWN)
                .and("dates.listed")
                .gte(publishedSince));
        query.fields().include("dates.withdrawn");
        return mongo.find(query, WithdrawnArticle.class)
                .mapNotNull(withdrawn -> withdrawn.dates().withdrawn())
                .reduce((one, other) -> one.isAfter(other) ? one : other);
    }

    @Document("articles")
    record WithdrawnArticle(@Id String id, Dates dates) {

        record Dates(@Nullable Instant withdrawn) {}
    }

    private static Criteria articles(About about, String name) {
        return switch (about) {
            case SITE -> new Criteria();
            case CATEGORY -> where("content.category.slug").is(name);
            case TAG -> where("content.tags").is(name);
        };
    }
}

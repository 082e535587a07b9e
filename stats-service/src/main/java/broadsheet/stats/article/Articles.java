package broadsheet.stats.article;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.ArticleSnapshot;
import broadsheet.stats.StatsCollections;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_articles}: the newest version of each article that was announced. */
@Component
public class Articles {

    private final StatsCollections collections;

    Articles(StatsCollections collections) {
        this.collections = collections;
    }

    public Mono<Article> find(String articleId) {
        return find(eq("_id", articleId)).next();
    }

    /** Those among these that readers may see now; in a section, where one is given. */
    public Flux<Article> findPublic(Collection<String> articleIds, @Nullable String category) {
        List<Bson> filters = new ArrayList<>(List.of(in("_id", articleIds), eq("public", true)));
        if (category != null) {
            filters.add(eq("category.slug", category));
        }
        return find(and(filters));
    }

    private Flux<Article> find(Bson filter) {
        return collections
                .read(StatsCollections.ARTICLES, articles -> articles.find(filter))
                .map(Article::of);
    }

    /** A version that is not newer than the stored one changes nothing. */
    Mono<Void> store(Collection<ArticleSnapshot> snapshots) {
        List<UpdateOneModel<Document>> writes =
                snapshots.stream().map(Articles::write).toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(StatsCollections.ARTICLES)
                        .flatMap(articles ->
                                Mono.from(articles.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .onErrorComplete(Articles::newerIsThere)
                        .then();
    }

    private static UpdateOneModel<Document> write(ArticleSnapshot article) {
        boolean isPublic = switch (article.status()) {
            case PUBLISHED, CORRECTED -> true;
            case DRAFT, IN_REVIEW, APPROVED, SCHEDULED, WITHDRAWN -> false;
        };
        return new UpdateOneModel<>(
                and(eq("_id", article.id()), lt("version", article.version())),
                combine(
                        set("version", article.version()),
                        set("title", article.title()),
                        set("url", article.url()),
                        set("public", isPublic),
                        set(
                                "category",
                                new Document("slug", article.category().slug())
                                        .append("name", article.category().name()))),
                new UpdateOptions().upsert(true));
    }

    /** The upsert of an older version finds no older one and its id taken. */
    private static boolean newerIsThere(Throwable e) {
        return e instanceof MongoBulkWriteException bulk
                && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}

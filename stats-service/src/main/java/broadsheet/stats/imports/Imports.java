package broadsheet.stats.imports;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.imports.ImportTally.LineError;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_imports}: what was imported, by whom and when. */
@Component
class Imports implements CollectionOwner {

    private static final String COLLECTION = "stats_imports";
    private static final String STATE = "state";
    private static final String DIGEST = "digest";

    private final StatsCollections collections;

    Imports(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    Mono<Import> find(String id) {
        return collections
                .read(COLLECTION, imports -> imports.find(eq("_id", id)))
                .next()
                .map(Imports::read);
    }

    /** In the order of their ids, backwards. */
    Flux<Import> list(@Nullable String cursor, int limit) {
        return collections
                .read(
                        COLLECTION,
                        imports -> imports.find(cursor == null ? new Document() : lt("_id", cursor))
                                .sort(descending("_id"))
                                .limit(limit))
                .map(Imports::read);
    }

    /** Stores one that is new; false where its id is known. */
    Mono<Boolean> begin(Import one) {
        var document = new Document("_id", one.id())
                .append(STATE, one.state().name())
                .append("createdAt", Date.from(one.createdAt()))
                .append("by", one.by())
                .append("lines", one.lines())
                .append("articles", one.articles())
                .append("views", one.views())
                .append("refused", one.refused())
                .append(DIGEST, one.digest())
                .append(
                        "errors",
                        one.errors().stream()
                                .map(error -> new Document("line", error.line()).append("message", error.message()))
                                .toList());
        return collections
                .named(COLLECTION)
                .flatMap(imports -> Mono.from(imports.insertOne(document)))
                .thenReturn(true)
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false));
    }

    /** False where it is being removed, or is another one by now. */
    Mono<Boolean> done(Import one) {
        return update(
                and(eq("_id", one.id()), eq(DIGEST, one.digest()), ne(STATE, Import.State.REMOVING.name())),
                Import.State.DONE);
    }

    Mono<Void> removing(String id) {
        return update(eq("_id", id), Import.State.REMOVING).then();
    }

    private Mono<Boolean> update(Bson filter, Import.State state) {
        return collections
                .named(COLLECTION)
                .flatMap(imports -> Mono.from(imports.updateOne(filter, set(STATE, state.name()))))
                .map(updated -> updated.getMatchedCount() > 0);
    }

    Mono<Void> remove(String id) {
        return collections
                .named(COLLECTION)
                .flatMap(imports -> Mono.from(imports.deleteOne(eq("_id", id))))
                .then();
    }

    private static Import read(Document stored) {
        List<LineError> errors = stored.getList("errors", Document.class).stream()
                .map(error -> new LineError(error.getLong("line"), error.getString("message")))
                .toList();
        return new Import(
                stored.getString("_id"),
                Import.State.valueOf(stored.getString(STATE)),
                false,
                stored.getDate("createdAt").toInstant(),
                stored.getString("by"),
                stored.getLong("lines"),
                stored.getLong("articles"),
                stored.getLong("views"),
                stored.getLong("refused"),
                errors,
                stored.getString(DIGEST));
    }
}

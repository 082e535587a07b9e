package broadsheet.article.imports;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.imports.ImportFinding.Kind;
import java.util.Collection;
import java.util.Locale;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of what jobs found, a document each; storing one twice leaves one. */
@Component
class ImportFindings {

    private static final String COLLECTION = "import_findings";
    private static final int AT_ONCE = 8;

    private final ReactiveMongoTemplate mongo;

    ImportFindings(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<Void> store(String job, Collection<ImportFinding> findings) {
        return Flux.fromIterable(findings)
                .flatMap(
                        finding -> mongo.save(
                                new Document("_id", id(job, finding.kind(), finding.number()))
                                        .append("item", finding.item())
                                        .append("why", finding.why()),
                                COLLECTION),
                        AT_ONCE)
                .then();
    }

    /** In the order of the file, from the one after that number on. */
    Flux<ImportFinding> list(String job, Kind kind, long after, int limit) {
        return mongo.find(
                        query(where("_id").gt(id(job, kind, after)).lte(id(job, kind, 9_999_999_999L)))
                                .with(Sort.by("_id"))
                                .limit(limit),
                        Document.class,
                        COLLECTION)
                .map(stored -> new ImportFinding(
                        number(stored.getString("_id")), kind, stored.getString("item"), stored.getString("why")));
    }

    Mono<Void> remove(String job) {
        return mongo.remove(query(where("_id").gt(job + "@").lt(job + "A")), COLLECTION)
                .then();
    }

    /** From -1 on, which stands before the first. */
    private static String id(String job, Kind kind, long number) {
        return "%s@%s@%010d".formatted(job, kind.name().toLowerCase(Locale.ROOT), number + 1);
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('@') + 1)) - 1;
    }
}

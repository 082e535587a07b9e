package broadsheet.stats.imports;

import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.HitsSender;
import broadsheet.store.DuplicateKeys;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.cache.SharedHttpCache;
import broadsheet.web.problem.ProblemException;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores and removes what an import brings, each step as often as it takes: what is stored is set, not added, and the import
 * says what is under way, so that the same call goes on where a crash or a client that left has ended it.
 */
@Component
class Importer {

    private static final int ARTICLES_AT_ONCE = 500;

    private final Imports imports;
    private final ImportedHits imported;
    private final ArticleTotals totals;
    private final HitsSender sender;
    private final SharedHttpCache answers;

    Importer(Imports imports, ImportedHits imported, ArticleTotals totals, HitsSender sender, SharedHttpCache answers) {
        this.imports = imports;
        this.imported = imported;
        this.totals = totals;
        this.sender = sender;
        this.answers = answers;
    }

    /** The import as it is stored then; 409 where its id is that of another one, or of one that is being removed. */
    Mono<Import> store(Import wanted, Map<String, Long> views) {
        return inTime(imports.begin(wanted))
                .flatMap(begun -> begun ? Mono.just(wanted) : same(wanted))
                .switchIfEmpty(Mono.error(() -> takenBack(wanted)))
                .flatMap(known -> known.state() == Import.State.DONE ? Mono.just(known) : storeAll(known, views));
    }

    /** The import that is known by this id; empty where there is none. */
    private Mono<Import> same(Import wanted) {
        return imports.find(wanted.id()).map(known -> checkSame(known, wanted));
    }

    private static Import checkSame(Import known, Import wanted) {
        if (!known.digest().equals(wanted.digest())) {
            throw isAnother(known);
        }
        if (known.state() == Import.State.REMOVING) {
            throw new ProblemException(HttpStatus.CONFLICT, "The import " + known.id() + " is being removed");
        }
        return known;
    }

    private Mono<Import> storeAll(Import one, Map<String, Long> views) {
        Import done = one.in(Import.State.DONE);
        return Flux.fromIterable(views.entrySet())
                .buffer(ARTICLES_AT_ONCE)
                .concatMap(some -> {
                    Map<String, Long> part =
                            some.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                    return inTime(storePart(one, part));
                })
                .then(inTime(imports.done(one)))
                .filter(complete -> complete)
                .switchIfEmpty(Mono.error(() -> takenBack(one)))
                .doOnSuccess(stored -> audit("hits-imported", done, done.by()))
                .thenReturn(done)
                .onErrorResume(
                        ProblemException.class,
                        e -> removeAll(one.id(), one.digest(), "").then(Mono.error(e)));
    }

    /** Nothing of one that was taken back meanwhile, which would be left without an import. */
    private Mono<Void> storePart(Import one, Map<String, Long> part) {
        return same(one)
                .switchIfEmpty(Mono.error(() -> takenBack(one)))
                .flatMap(storing -> imported.store(one.id(), one.digest(), part))
                .onErrorMap(DuplicateKeys::areWhy, e -> isAnother(one))
                .then(sendAgain(part.keySet()));
    }

    private Mono<Void> sendAgain(Collection<String> articles) {
        return totals.sendAgain(articles).doOnSuccess(unsent -> sender.totalsChanged(articles));
    }

    private static ProblemException takenBack(Import one) {
        return new ProblemException(HttpStatus.CONFLICT, "The import " + one.id() + " was removed while it was stored");
    }

    private static ProblemException isAnother(Import one) {
        return new ProblemException(HttpStatus.CONFLICT, "The import " + one.id() + " is another one; use another id");
    }

    private static <T> Mono<T> inTime(Mono<T> work) {
        return StatsCollections.inTime(work.flux()).singleOrEmpty();
    }

    /** Empty where there is no such import. */
    Mono<Import> remove(String id, String by) {
        return imports.find(id)
                .flatMap(one -> inTime(imports.removing(id))
                        .then(removeAll(id, null, ""))
                        .then(inTime(imports.remove(id)))
                        .doOnSuccess(removed -> audit("import-removed", one, by))
                        .thenReturn(one));
    }

    private Mono<Void> removeAll(String id, @Nullable String digest, String after) {
        return imported.articlesOf(id, digest, after, ARTICLES_AT_ONCE)
                .collectList()
                .filter(articles -> !articles.isEmpty())
                .flatMap(articles -> inTime(
                                imported.remove(id, digest, articles).then(sendAgain(articles)))
                        .then(Mono.defer(() -> removeAll(id, digest, articles.get(articles.size() - 1)))));
    }

    private void audit(String kind, Import one, String by) {
        answers.drop("articles");
        AuditEntry.of(kind)
                .with("by", by)
                .with("import", one.id())
                .with("articles", one.articles())
                .with("views", one.views())
                .log();
    }
}

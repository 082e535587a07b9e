package broadsheet.article.imports;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.ArticleLine.CategoryName;
import broadsheet.article.imports.format.ImportItem;
import broadsheet.article.store.ImportedArticles;
import broadsheet.article.workflow.StaffMember;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Imports some items at once, in their order; as often as it takes, since what is imported already stays as it is. */
final class ImportBatch {

    private static final Logger log = LoggerFactory.getLogger(ImportBatch.class);
    private static final int TRIES = 5;

    private final ImportJob job;
    private final StaffMember importer;
    private final ImportedArticles articles;
    private final CategoryLabels labels;
    private final AuthorNames authors;
    private final ArticlePictures pictures;
    private final InstantSource clock;

    ImportBatch(
            ImportJob job,
            StaffMember importer,
            ImportedArticles articles,
            CategoryLabels labels,
            AuthorNames authors,
            ArticlePictures pictures,
            InstantSource clock) {
        this.job = job;
        this.importer = importer;
        this.articles = articles;
        this.labels = labels;
        this.authors = authors;
        this.pictures = pictures;
        this.clock = clock;
    }

    /** Does what needs no store: takes its time, and may be called on any thread. */
    NumberedItem prepared(NumberedItem item) {
        if (!(item.item() instanceof ImportItem.ReadArticle read)) {
            return item;
        }
        try {
            return item.prepared(PreparedArticle.of(read.line(), job.options().category(), clock.instant()));
        } catch (RefusedItemException e) {
            return item.refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("Import {}: {} cannot be imported", job.id(), item.item().item(), e);
            return item.refused("cannot be imported; the log says why");
        }
    }

    Mono<ImportResult> apply(List<NumberedItem> items) {
        return addCategories(items)
                .then(addAuthors(items))
                .then(Mono.defer(() -> Flux.fromIterable(rounds(items))
                        .concatMap(round -> applyRound(round))
                        .reduce(ImportResult.refused(items), ImportResult::plus)));
    }

    private Mono<Void> addCategories(List<NumberedItem> items) {
        List<CategoryName> named = items.stream()
                .map(NumberedItem::ready)
                .filter(Objects::nonNull)
                .flatMap(PreparedArticle::categories)
                .toList();
        return Flux.fromIterable(items)
                .map(NumberedItem::item)
                .ofType(ImportItem.ReadCategory.class)
                .concatMap(category -> labels.add(category.line()))
                .then(labels.add(named));
    }

    private Mono<Void> addAuthors(List<NumberedItem> items) {
        return authors.add(items.stream()
                .map(NumberedItem::ready)
                .filter(Objects::nonNull)
                .map(article -> article.line().author())
                .filter(Objects::nonNull)
                .map(ArticleLine.AuthorLine::username)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    /** The articles of a batch, so that none is in a round twice: what comes later changes what came before. */
    private static List<List<NumberedItem>> rounds(List<NumberedItem> items) {
        var rounds = new ArrayList<List<NumberedItem>>();
        Set<String> inRound = new HashSet<>();
        for (NumberedItem item : items) {
            PreparedArticle ready = item.ready();
            if (ready == null) {
                continue;
            }
            if (rounds.isEmpty() || !inRound.add(ready.id())) {
                rounds.add(new ArrayList<>());
                inRound.clear();
                inRound.add(ready.id());
            }
            rounds.get(rounds.size() - 1).add(item);
        }
        return rounds;
    }

    private Mono<ImportResult> applyRound(List<NumberedItem> round) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var maker = new ArticleMaker(labels, authors, importer, now);
        return Mono.defer(() -> articles.known(
                                round.stream().map(item -> ready(item).id()).toList(),
                                round.stream()
                                        .flatMap(item -> ready(item).slugs())
                                        .toList())
                        .flatMap(known ->
                                withPictures(round, known).map(shown -> ImportPlan.of(job, shown, known, maker))))
                .flatMap(plan -> job.options().dryRun()
                        ? Mono.just(plan.result())
                        : articles.write(plan.additions(), plan.changes()).thenReturn(plan.result()))
                .retryWhen(Retry.max(TRIES).filter(DuplicateKeyException.class::isInstance));
    }

    private Mono<List<NumberedItem>> withPictures(List<NumberedItem> round, ImportedArticles.KnownArticles known) {
        return job.options().dryRun() ? Mono.just(round) : pictures.take(round, known);
    }

    private static PreparedArticle ready(NumberedItem item) {
        return Objects.requireNonNull(item.ready());
    }
}

package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportItem;
import broadsheet.article.store.ImportedArticles;
import broadsheet.article.store.ImportedArticles.Addition;
import broadsheet.article.store.ImportedArticles.Change;
import broadsheet.article.store.ImportedArticles.Known;
import broadsheet.article.store.ImportedArticles.Mark;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.ArticleWithdrawn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to become of articles, by what of them is known here already. */
final class ImportPlan {

    private final ImportJob job;
    private final ImportedArticles.KnownArticles known;
    private final ArticleMaker maker;
    private final Map<String, String> taken;
    private final List<Addition> additions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<ImportFinding> findings = new ArrayList<>();
    private ImportCounts counts = ImportCounts.NONE;

    private ImportPlan(ImportJob job, ImportedArticles.KnownArticles known, ArticleMaker maker) {
        this.job = job;
        this.known = known;
        this.taken = new HashMap<>(known.bySlug());
        this.maker = maker;
    }

    static ImportPlan of(
            ImportJob job, List<NumberedItem> items, ImportedArticles.KnownArticles known, ArticleMaker maker) {
        var plan = new ImportPlan(job, known, maker);
        items.forEach(plan::add);
        return plan;
    }

    List<Addition> additions() {
        return additions;
    }

    List<Change> changes() {
        return changes;
    }

    ImportResult result() {
        return new ImportResult(counts, findings);
    }

    private void add(NumberedItem item) {
        PreparedArticle prepared = Objects.requireNonNull(item.ready());
        var notes = new ArrayList<>(item.item() instanceof ImportItem.ReadArticle read ? read.notes() : List.of());
        Known here = known.byId().get(prepared.id());
        try {
            counts = counts.plus(here == null ? addNew(prepared, notes) : addKnown(prepared, here, notes));
        } catch (RefusedItemException e) {
            counts = counts.plus(new ImportCounts(0, 0, 0, 1, 0));
            findings.add(ImportFinding.refused(item.number(), item.item().item(), String.valueOf(e.getMessage())));
            return;
        }
        if (!notes.isEmpty()) {
            counts = counts.plus(new ImportCounts(0, 0, 0, 0, 1));
            findings.add(ImportFinding.note(item.number(), item.item().item(), String.join("; ", notes)));
        }
    }

    private ImportCounts addNew(PreparedArticle prepared, List<String> notes) {
        String slug = freeSlug(prepared, notes);
        Article article = maker.article(prepared, slug, earlierSlugs(prepared, slug, notes), 1);
        additions.add(new Addition(article, mark(prepared, article, true), event(article, null)));
        return new ImportCounts(1, 0, 0, 0, 0);
    }

    private ImportCounts addKnown(PreparedArticle prepared, Known here, List<String> notes) {
        Mark mark = here.mark();
        if (mark != null && mark.fingerprint().startsWith(prepared.fingerprint())) {
            return counted(mark);
        }
        LineRules.require(
                mark == null || mark.version() == here.version(),
                "was changed here since it was imported, so it stays as it is here");
        LineRules.require(mark != null, "is here already, and was not imported");
        LineRules.require(
                here.status() != Status.WITHDRAWN || prepared.status() == Status.WITHDRAWN,
                "was withdrawn here, so it stays withdrawn");
        LineRules.require(
                !here.status().isPublic() || prepared.status().isPublic() || prepared.status() == Status.WITHDRAWN,
                "is public here and was taken back there: withdraw it here");
        List<String> earlier = earlierSlugs(prepared, here.slug(), notes);
        Article article = maker.article(prepared, here.slug(), earlier, here.version() + 1);
        changes.add(new Change(here.version(), article, mark(prepared, article, false), event(article, here.status())));
        return new ImportCounts(0, 1, 0, 0, 0);
    }

    /** What this job has imported before it was interrupted counts as it did then. */
    private ImportCounts counted(Mark mark) {
        boolean byThisJob = mark.job().equals(job.id());
        boolean created = byThisJob && mark.isNew();
        boolean updated = byThisJob && !mark.isNew();
        return new ImportCounts(created ? 1 : 0, updated ? 1 : 0, byThisJob ? 0 : 1, 0, 0);
    }

    private String freeSlug(PreparedArticle prepared, List<String> notes) {
        String slug = prepared.slug();
        if (take(slug, prepared)) {
            return slug;
        }
        String other = prepared.otherSlug();
        LineRules.require(
                take(other, prepared),
                "has the slug '" + slug + "' of another article, and '" + other + "' is taken too");
        notes.add("has the slug '" + slug + "' of another article: it got '" + other + "'");
        return other;
    }

    /** Those it had elsewhere and, since they lead to it for good, those it had here; none of another article. */
    private List<String> earlierSlugs(PreparedArticle prepared, String slug, List<String> notes) {
        return Stream.concat(prepared.earlierSlugs().stream(), known.slugsOf(prepared.id()).stream())
                .filter(earlier -> !earlier.equals(slug))
                .distinct()
                .filter(earlier -> {
                    boolean isFree = take(earlier, prepared);
                    if (!isFree) {
                        notes.add("had the slug '" + earlier + "' of another article, which keeps it");
                    }
                    return isFree;
                })
                .toList();
    }

    /** Whether the slug leads to no other article, also of those that are imported together with it. */
    private boolean take(String slug, PreparedArticle prepared) {
        String owner = taken.putIfAbsent(slug, prepared.id());
        return owner == null || owner.equals(prepared.id());
    }

    private Mark mark(PreparedArticle prepared, Article article, boolean isNew) {
        return new Mark(job.id(), prepared.sourceId(), prepared.fingerprint(), article.version(), isNew);
    }

    /** Nobody is told of what was public elsewhere, unless that was asked for; and never twice. */
    private Function<ArticleSnapshot, ArticleChanged> event(Article article, @Nullable Status before) {
        if (article.isPublic()) {
            boolean tells = job.options().alerts() && (before == null || !before.isPublic());
            return tells ? ArticlePublished::new : ArticlePublished::silently;
        }
        if (article.status() == Status.WITHDRAWN && before != null && before.isPublic()) {
            return ArticleWithdrawn::new; // it leaves whoever was told of it, or knows it from its import
        }
        return before == null ? ArticleCreated::new : ArticleUpdated::new;
    }
}

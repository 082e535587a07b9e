package broadsheet.article.imports;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.ArticleLine.CorrectionLine;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleDates;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.SavedBy;
import broadsheet.article.workflow.Schedule;
import broadsheet.article.workflow.StaffMember;
import broadsheet.article.workflow.Transition;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes articles of lines: as they were where the line says it, and as if they had come straight to their state where not.
 *
 * @param labels the categories by their slugs
 * @param importer who wrote what says not who did
 */
record ArticleMaker(CategoryLabels labels, AuthorNames authors, StaffMember importer, Instant now) {

    /**
     * An article of a line.
     *
     * @param earlierSlugs others that lead to it
     * @param version what it has at least
     */
    Article article(PreparedArticle prepared, String slug, List<String> earlierSlugs, long version) {
        ArticleLine line = prepared.line();
        long known = Math.max(version, requireNonNullElse(line.version(), 1L));
        boolean asItWas = known == requireNonNullElse(line.version(), 1L);
        StaffMember author = author(line.author());
        ArticleDates dates = dates(line, prepared.status());
        Schedule schedule = schedule(line);
        Status status = prepared.status() == Status.SCHEDULED && schedule == null ? Status.APPROVED : prepared.status();
        Long approved = status == Status.APPROVED || status == Status.SCHEDULED ? Long.valueOf(known) : null;
        return new Article(
                prepared.id(),
                known,
                status,
                slug,
                earlierSlugs,
                content(prepared),
                asItWas && line.saved() != null ? line.saved() : new SavedBy(known, author.username(), dates.updated()),
                author,
                dates,
                history(line),
                line.writers() != null ? line.writers() : status.isPublic() ? List.of() : List.of(author.username()),
                approved == null && asItWas ? line.approvedVersion() : approved, // one before it approves nothing
                status == Status.SCHEDULED ? schedule : null,
                correction(prepared, dates),
                publicVersion(line, status, known, asItWas));
    }

    private static @Nullable Long publicVersion(ArticleLine line, Status status, long version, boolean asItWas) {
        if (asItWas && line.publicVersion() != null) {
            return line.publicVersion();
        }
        return status.isPublic() || status == Status.WITHDRAWN ? Long.valueOf(version) : null;
    }

    /** The newest steps, as many as an article keeps. */
    static List<Transition> history(ArticleLine line) {
        List<Transition> all = line.history() == null ? List.of() : line.history();
        return List.copyOf(all.subList(Math.max(0, all.size() - Article.MAX_HISTORY), all.size()));
    }

    private StaffMember author(ArticleLine.@Nullable AuthorLine line) {
        String username = line == null ? null : line.username();
        String name = line == null ? null : line.displayName();
        if (username == null) {
            return name == null ? importer : new StaffMember(name, name, false);
        }
        return new StaffMember(username, name == null ? authors.of(username) : name, false);
    }

    private ArticleDates dates(ArticleLine line, Status status) {
        Instant published = millis(line.publishedAt());
        Instant created = first(millis(line.createdAt()), published, now);
        Instant updated = first(
                millis(line.updatedAt()), millis(line.withdrawnAt()), millis(line.correctedAt()), published, created);
        return new ArticleDates(
                created,
                updated,
                first(status == Status.DRAFT && line.version() == null ? null : published, created),
                status.isPublic() || status == Status.WITHDRAWN ? published : null,
                status == Status.WITHDRAWN ? first(millis(line.withdrawnAt()), updated) : null,
                millis(line.correctedAt()),
                line.correctionNote(),
                line.withdrawalNote());
    }

    private static Instant first(@Nullable Instant... times) {
        for (Instant time : times) {
            if (time != null) {
                return time;
            }
        }
        throw new IllegalArgumentException("No time is known");
    }

    /** MongoDB keeps milliseconds. */
    private static @Nullable Instant millis(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Null for a time that has passed: nobody decided that it is published now. */
    private @Nullable Schedule schedule(ArticleLine line) {
        Instant at = millis(line.scheduledAt());
        if (at == null || !at.isAfter(now)) {
            return null;
        }
        StaffMember by = line.scheduledBy() == null ? importer : author(line.scheduledBy());
        return new Schedule(at, new StaffMember(by.username(), by.displayName(), true));
    }

    private Content content(PreparedArticle prepared) {
        ArticleLine line = prepared.line();
        return new Content(
                requireNonNull(line.title()).strip(),
                line.subtitle(),
                line.summary(),
                prepared.body(),
                labels.of(prepared.category()),
                tags(line.tags()),
                line.language(),
                credits(line.credits()),
                prepared.coverImage());
    }

    private @Nullable Correction correction(PreparedArticle prepared, ArticleDates dates) {
        CorrectionLine line = prepared.line().correction();
        Body body = prepared.correctionBody();
        if (line == null || body == null || prepared.correctionCategory() == null) {
            return null;
        }
        CategoryLabel label = labels.of(prepared.correctionCategory());
        var content = new Content(
                requireNonNull(line.title()).strip(),
                line.subtitle(),
                line.summary(),
                body,
                label,
                tags(line.tags()),
                line.language(),
                credits(line.credits()),
                prepared.correctionCoverImage());
        List<String> writers = line.writers() == null ? List.of() : line.writers();
        return new Correction(
                content,
                requireNonNullElse(line.stage(), Correction.Stage.DRAFT),
                writers,
                line.saved() != null
                        ? line.saved()
                        : new SavedBy(1, writers.isEmpty() ? importer.username() : writers.get(0), dates.updated()));
    }

    private static List<String> tags(@Nullable List<String> tags) {
        return tags == null
                ? List.of()
                : tags.stream().map(String::strip).distinct().toList();
    }

    private static List<Credit> credits(@Nullable List<Credit> credits) {
        return credits == null
                ? List.of()
                : credits.stream()
                        .map(credit ->
                                new Credit(credit.role().strip(), credit.name().strip()))
                        .toList();
    }
}

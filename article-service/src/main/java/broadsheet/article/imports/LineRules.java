package broadsheet.article.imports;

import broadsheet.article.content.Credit;
import broadsheet.article.content.ImageAddress;
import broadsheet.article.content.Slugs;
import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.ArticleLine.BodyLine;
import broadsheet.article.workflow.SavedBy;
import broadsheet.article.workflow.Transition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for each line as for each article that is written here: the limits of its fields. */
final class LineRules {

    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{7,63}");
    private static final Pattern SLUG = Pattern.compile(Slugs.PATTERN);
    private static final Pattern ONE_LINE = Pattern.compile("\\P{Cntrl}*");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,10}");
    private static final Instant FIRST = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final int MAX_BODY = 1_000_000;
    private static final long LAST_VERSION = 1_000_000_000;

    private LineRules() {}

    static void check(ArticleLine line) {
        checkWords(
                "",
                line.title(),
                line.subtitle(),
                line.summary(),
                line.body(),
                line.tags(),
                line.language(),
                line.credits(),
                line.coverImage());
        ArticleLine.CorrectionLine correction = line.correction();
        if (correction != null) {
            checkWords(
                    "correction.",
                    correction.title(),
                    correction.subtitle(),
                    correction.summary(),
                    correction.body(),
                    correction.tags(),
                    correction.language(),
                    correction.credits(),
                    correction.coverImage());
        }
        require(line.id() == null || ID.matcher(line.id()).matches(), "id is none of ours");
        shorter("sourceId", line.sourceId(), 2_000);
        slug("slug", line.slug());
        list("earlierSlugs", line.earlierSlugs(), 1_000).forEach(slug -> slug("earlierSlugs", slug));
        list("writers", line.writers(), 1_000);
        list("history", line.history(), 10_000).forEach(LineRules::checkStep);
        for (Instant time : new @Nullable Instant[] {
            line.createdAt(),
            line.updatedAt(),
            line.publishedAt(),
            line.correctedAt(),
            line.withdrawnAt(),
            line.scheduledAt()
        }) {
            time(time);
        }
        checkVersions(line);
        shorter("correctionNote", line.correctionNote(), 2_000);
        shorter("withdrawalNote", line.withdrawalNote(), 2_000);
        if (line.author() != null) {
            shorter("author.username", line.author().username(), 200);
            shorter("author.displayName", line.author().displayName(), 200);
        }
    }

    /** A later version than the article's own would keep all from changing what they know of it. */
    private static void checkVersions(ArticleLine line) {
        long version = line.version() == null ? 1 : line.version();
        require(version > 0 && version <= LAST_VERSION, "version must be between 1 and " + LAST_VERSION);
        notLater("publicVersion", line.publicVersion(), version);
        notLater("approvedVersion", line.approvedVersion(), version);
        saved("saved", line.saved(), version);
        if (line.correction() != null) {
            saved("correction.saved", line.correction().saved(), version);
        }
    }

    @SuppressWarnings("ConstantValue") // JSON has what the type excludes
    private static void saved(String field, @Nullable SavedBy saved, long version) {
        if (saved != null) {
            require(saved.username() != null && saved.at() != null, field + " must say who saved it, and when");
            time(saved.at());
            require(saved.version() >= 0 && saved.version() <= version, field + ".version is later than version");
        }
    }

    private static void notLater(String field, @Nullable Long one, long version) {
        require(one == null || (one > 0 && one <= version), field + " must be between 1 and version");
    }

    @SuppressWarnings("ConstantValue") // JSON has what the type excludes
    private static void checkStep(Transition step) {
        require(
                step.action() != null && step.by() != null && step.at() != null,
                "history has a step without action, by or at");
        time(step.at());
        time(step.scheduledFor());
        shorter("history.note", step.note(), 2_000);
    }

    private static void time(@Nullable Instant time) {
        require(time == null || (time.isAfter(FIRST) && time.isBefore(LAST)), "has a time before 1000 or after 9999");
    }

    private static void checkWords(
            String prefix,
            @Nullable String title,
            @Nullable String subtitle,
            @Nullable String summary,
            @Nullable BodyLine body,
            @Nullable List<String> tags,
            @Nullable String language,
            @Nullable List<Credit> credits,
            @Nullable String coverImage) {
        require(!present(title, prefix + "title is missing").isBlank(), prefix + "title is missing");
        line(prefix + "title", title, 300);
        line(prefix + "subtitle", subtitle, 500);
        shorter(prefix + "summary", summary, 2_000);
        BodyLine given = present(body, prefix + "body is missing");
        present(given.format(), prefix + "body.format is missing: markdown or html");
        shorter(prefix + "body.text", present(given.text(), prefix + "body.text is missing"), MAX_BODY);
        for (String tag : list(prefix + "tags", tags, 20)) {
            require(!tag.isBlank(), prefix + "tags has one that is blank");
            shorter(prefix + "tags", tag, 50);
        }
        require(
                language == null || LANGUAGE.matcher(language).matches(),
                prefix + "language must be a BCP 47 tag such as en or pt-BR");
        for (Credit credit : list(prefix + "credits", credits, 20)) {
            require(isText(credit.role()) && isText(credit.name()), prefix + "credits has one without role or name");
            shorter(prefix + "credits.role", credit.role(), 100);
            shorter(prefix + "credits.name", credit.name(), 200);
        }
        shorter(prefix + "coverImage", coverImage, 2_000);
        require(
                coverImage == null || ImageAddress.isValid(coverImage),
                prefix + "coverImage must be an https address or a path on this site");
    }

    @SuppressWarnings("ConstantValue") // JSON has what the type excludes
    private static boolean isText(String text) {
        return text != null && !text.isBlank();
    }

    private static void line(String field, @Nullable String text, int length) {
        shorter(field, text, length);
        require(
                text == null || ONE_LINE.matcher(text).matches(),
                field + " must be one line, without control characters");
    }

    private static void shorter(String field, @Nullable String text, int length) {
        require(text == null || text.length() <= length, field + " is longer than " + length + " characters");
    }

    private static void slug(String field, @Nullable String slug) {
        require(
                slug == null
                        || (slug.length() <= Slugs.MAX_LENGTH
                                && SLUG.matcher(slug).matches()),
                field + " must be lower-case letters, digits and single hyphens");
    }

    @SuppressWarnings("ConstantValue") // JSON has what the type excludes
    private static <T> Collection<T> list(String field, @Nullable List<T> all, int most) {
        List<T> list = all == null ? List.of() : all;
        require(list.size() <= most, field + " has too many: " + most + " at most");
        list.forEach(one -> require(one != null, field + " has a null"));
        return list;
    }

    static <T> T present(@Nullable T value, String why) {
        if (value == null) {
            throw new RefusedItemException(why);
        }
        return value;
    }

    static void require(boolean holds, String why) {
        if (!holds) {
            throw new RefusedItemException(why);
        }
    }
}

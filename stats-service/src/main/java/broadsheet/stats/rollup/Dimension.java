package broadsheet.stats.rollup;

import broadsheet.stats.article.ArticleRevisions.Revision;
import broadsheet.stats.history.ReadingDimension;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What hits can be broken down by: something of the reading, or something of the version of the article that was read. */
public enum Dimension {
    CHANNEL(ReadingDimension.CHANNEL),
    SOURCE(ReadingDimension.SOURCE),
    REFERRER(ReadingDimension.REFERRER),
    DEVICE(ReadingDimension.DEVICE),
    ALERT(ReadingDimension.ALERT),
    LANGUAGE(Revision::languages),
    CATEGORY(revision -> List.of(revision.category())),
    AUTHOR(Revision::authors),
    CREDIT(Revision::credits),
    TAG(Revision::tags);

    private final @Nullable ReadingDimension reading;

    @SuppressWarnings("ImmutableEnumChecker") // always a method reference
    private final Function<Revision, List<String>> keys;

    Dimension(ReadingDimension reading) {
        this.reading = reading;
        this.keys = revision -> List.of();
    }

    Dimension(Function<Revision, List<String>> keys) {
        this.reading = null;
        this.keys = keys;
    }

    /** What it is of the reading; null where it is of what was read. */
    @Nullable ReadingDimension reading() {
        return reading;
    }

    /** By what an article's days know it: itself, or the version that was read. */
    ReadingDimension known() {
        return reading == null ? ReadingDimension.REVISION : reading;
    }

    /** The keys that a version of an article has; it can have several authors, credits and tags. */
    List<String> keys(Revision revision) {
        return keys.apply(revision);
    }

    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Dimension of(String parameter) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.parameter().equals(parameter))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "by",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(Dimension::parameter)
                                        .collect(Collectors.joining(", "))));
    }
}

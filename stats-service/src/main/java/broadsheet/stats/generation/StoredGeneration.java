package broadsheet.stats.generation;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What the document of a generation holds. */
final class StoredGeneration {

    /** What earlier releases filled and this one no longer does; dropped with its generation. */
    static final Set<String> FORMER_PROJECTIONS = Set.of("stats_hours", "stats_days", "stats_bots_and_double_clicks");

    /** What is made of a generation's documents. */
    static final String ROLLUPS = "stats_site_rollups";

    static final String BEGAN_AT = "beganAt";
    static final String FROM = "from";
    static final String LATER_RULESETS = "laterRulesets";
    static final String RETIRED_AT = "retiredAt";
    static final String DROPPED_AT = "droppedAt";

    private static final String RULESET = "ruleset";
    private static final String KEPT_RULESET = "keptRuleset";
    private static final String PROJECTIONS = "projections";
    private static final String SINCE = "since";

    private StoredGeneration() {}

    static Generation read(Document stored) {
        return new Generation(
                stored.getInteger("_id"),
                Stream.concat(
                                Stream.of(stored.getString(RULESET)),
                                stored.getList(LATER_RULESETS, String.class, List.of()).stream())
                        .toList(),
                stored.getString(KEPT_RULESET),
                stored.getList(PROJECTIONS, String.class).stream()
                        .filter(name -> !FORMER_PROJECTIONS.contains(name))
                        .collect(Collectors.toSet()),
                time(stored, FROM),
                time(stored, SINCE));
    }

    private static @Nullable Instant time(Document stored, String field) {
        return Optional.ofNullable(stored.getDate(field)).map(Date::toInstant).orElse(null);
    }

    /** @param askedBy who asked for it as a restatement; null where a release begins it */
    static Document document(Generation begun, Instant beganAt, @Nullable String askedBy) {
        var document = new Document("_id", begun.number())
                .append(RULESET, begun.rulesets().get(0))
                .append(PROJECTIONS, List.copyOf(begun.projections()))
                .append(SINCE, begun.since())
                .append(BEGAN_AT, Date.from(beganAt));
        if (begun.keptRuleset() != null) {
            document.append(KEPT_RULESET, begun.keptRuleset());
        }
        if (begun.from() != null) {
            document.append(FROM, Date.from(begun.from()));
        }
        Restatement.State first = begun.from() == null ? Restatement.State.COUNTING : Restatement.State.COPYING;
        return askedBy == null
                ? document
                : document.append(StoredRestatement.ASKED_BY, askedBy).append(StoredRestatement.STATE, first.told());
    }
}

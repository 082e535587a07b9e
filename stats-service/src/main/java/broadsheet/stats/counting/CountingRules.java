package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import java.util.Optional;

/** The rules that a generation is counted by. */
final class CountingRules {

    private CountingRules() {}

    /** Those that it stays with; the newest where there are none, or this release no longer knows them. */
    static ViewRules of(Generation generation, StatsProperties properties) {
        return Optional.ofNullable(generation.keptRuleset())
                .flatMap(version -> ViewRules.find(version, properties))
                .orElseGet(() -> ViewRules.current(properties));
    }
}

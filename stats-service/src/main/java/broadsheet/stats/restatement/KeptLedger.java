package broadsheet.stats.restatement;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.ledger.CopiedHours;
import broadsheet.stats.ledger.CopiedHours.CopiedHour;
import broadsheet.stats.projection.SettledFences;
import broadsheet.stats.restatement.CopyProgress.Copies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies the ledger that a restatement keeps.
 *
 * <p>Views that are counted on a day before and were received in a later hour than those that are kept (most of them in the
 * last hours of the day, the others up to a day late) are in copied days, so the ledger has to have them as what they were
 * there: what the copied days have counted beyond the copied hours begins the first hour that is not copied.
 */
@Component
class KeptLedger {

    private static final int HOURS_A_PAGE = 1_000;

    private final RestatementClaims claims;
    private final CopiedHours hours;
    private final SettledFences fences;

    KeptLedger(RestatementClaims claims, CopiedHours hours, SettledFences fences) {
        this.claims = claims;
        this.hours = hours;
        this.fences = fences;
    }

    /** False where an hour was counted in meanwhile, so that all is to be copied anew. */
    Mono<Boolean> keep(Restatement one, KeptPart kept, Copies copies) {
        return page(one, kept, copies, "")
                .expand(page -> page.size() < HOURS_A_PAGE
                        ? Mono.empty()
                        : page(one, kept, copies, page.get(page.size() - 1).id()))
                .collect(ArrayList<CopiedHour>::new, List::addAll)
                .filterWhen(all -> fences.areBefore(
                        copies.counted(), all.stream().map(CopiedHour::counted).toList()))
                .flatMap(all -> claims.whileHeld(one, hours.begin(one.number(), kept.hour(), beyond(copies, all)))
                        .thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<List<CopiedHour>> page(Restatement one, KeptPart kept, Copies copies, String after) {
        return claims.whileHeld(one, hours.copy(copies.of(), one.number(), kept.hour(), after, HOURS_A_PAGE));
    }

    private static Map<Classification, Long> beyond(Copies copies, List<CopiedHour> hours) {
        Map<Classification, Long> beyond = new EnumMap<>(Classification.class);
        copies.counts()
                .forEach((classification, count) -> beyond.put(
                        classification,
                        count
                                - hours.stream()
                                        .mapToLong(hour -> hour.count(classification))
                                        .sum()));
        return beyond;
    }
}

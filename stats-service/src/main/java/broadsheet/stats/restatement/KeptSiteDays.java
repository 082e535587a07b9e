package broadsheet.stats.restatement;

import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.history.CopiedDays;
import broadsheet.stats.history.CopiedDays.CopiedSiteDay;
import broadsheet.stats.projection.SettledFences;
import broadsheet.stats.restatement.CopyProgress.Copies;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Copies the days of all articles together that a restatement keeps; a few for each day, so all at once. */
@Component
class KeptSiteDays {

    private static final int DAYS_A_PAGE = 1_000;

    private final RestatementClaims claims;
    private final CopiedDays days;
    private final SettledFences fences;

    KeptSiteDays(RestatementClaims claims, CopiedDays days, SettledFences fences) {
        this.claims = claims;
        this.days = days;
        this.fences = fences;
    }

    /** False where a day was counted in meanwhile, so that all is to be copied anew. */
    Mono<Boolean> keep(Restatement one, KeptPart kept, Copies copies) {
        return page(one, kept, copies, "")
                .expand(page -> page.size() < DAYS_A_PAGE
                        ? Mono.empty()
                        : page(one, kept, copies, page.get(page.size() - 1).id()))
                .concatMap(page -> fences.areBefore(
                        copies.counted(),
                        page.stream().map(CopiedSiteDay::counted).toList()))
                .all(settled -> settled);
    }

    private Mono<List<CopiedSiteDay>> page(Restatement one, KeptPart kept, Copies copies, String after) {
        return claims.whileHeld(one, days.copySite(copies.of(), one.number(), kept.day(), after, DAYS_A_PAGE));
    }
}

package broadsheet.stats.restatement;

import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.restatement.CopyProgress.Copies;
import broadsheet.stats.rollup.CopiedRollups;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies what days of the site that a restatement keeps were added up to. Before {@link KeptSiteDays}: where those have counted
 * nothing more by then, neither have these.
 */
@Component
class KeptRollups {

    private static final int DOCUMENTS_A_PAGE = 200; // of up to 200 keys by hour each

    private final RestatementClaims claims;
    private final CopiedRollups rollups;

    KeptRollups(RestatementClaims claims, CopiedRollups rollups) {
        this.claims = claims;
        this.rollups = rollups;
    }

    Mono<Void> keep(Restatement one, KeptPart kept, Copies copies) {
        return page(one, kept, copies, "")
                .expand(page -> page.size() < DOCUMENTS_A_PAGE
                        ? Mono.empty()
                        : page(one, kept, copies, page.get(page.size() - 1)))
                .then();
    }

    private Mono<List<String>> page(Restatement one, KeptPart kept, Copies copies, String after) {
        return claims.whileHeld(one, rollups.copy(copies.of(), one.number(), kept.day(), after, DOCUMENTS_A_PAGE));
    }
}

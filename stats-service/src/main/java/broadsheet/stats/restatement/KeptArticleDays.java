package broadsheet.stats.restatement;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.history.CopiedDays;
import broadsheet.stats.history.CopiedDays.CopiedDay;
import broadsheet.stats.projection.SettledFences;
import broadsheet.stats.restatement.CopyProgress.Copies;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ArticleTotals.Total;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Copies the days of articles that a restatement keeps, page by page, and begins totals with their sums. */
@Component
class KeptArticleDays {

    private static final int DAYS_A_PAGE = 1_000;

    private final RestatementClaims claims;
    private final CopyProgress progress;
    private final CopiedDays days;
    private final ArticleTotals totals;
    private final SettledFences fences;

    KeptArticleDays(
            RestatementClaims claims,
            CopyProgress progress,
            CopiedDays days,
            ArticleTotals totals,
            SettledFences fences) {
        this.claims = claims;
        this.progress = progress;
        this.days = days;
        this.totals = totals;
        this.fences = fences;
    }

    /** The next articles with all their days; empty where a day was counted in meanwhile, so that all is to be copied anew. */
    Mono<Copies> keepNext(Restatement one, KeptPart kept, Copies copies) {
        return keepNext(one, kept, copies, DAYS_A_PAGE);
    }

    private Mono<Copies> keepNext(Restatement one, KeptPart kept, Copies copies, int limit) {
        return claims.whileHeld(one, days.copy(copies.of(), one.number(), kept.day(), copies.after(), limit))
                .filterWhen(page -> fences.areBefore(
                        copies.counted(), page.stream().map(CopiedDay::counted).toList()))
                .flatMap(page -> {
                    List<CopiedDay> whole = page.size() < limit ? page : withoutLastArticle(page);
                    if (whole.isEmpty() && !page.isEmpty()) {
                        return keepNext(one, kept, copies, limit * 2);
                    }
                    Copies next = add(copies, whole);
                    return claims.whileHeld(
                                    one,
                                    totals.begin(one.number(), totals(whole)).then(progress.store(one.number(), next)))
                            .thenReturn(page.size() < limit ? next.whole() : next);
                });
    }

    private static List<CopiedDay> withoutLastArticle(List<CopiedDay> page) {
        String last = page.get(page.size() - 1).articleId();
        return page.stream().filter(day -> !day.articleId().equals(last)).toList();
    }

    private static Copies add(Copies copies, List<CopiedDay> whole) {
        Map<Classification, Long> counts = new EnumMap<>(Classification.class);
        counts.putAll(copies.counts());
        whole.forEach(day -> day.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum)));
        String after =
                whole.isEmpty() ? copies.after() : whole.get(whole.size() - 1).id();
        return new Copies(copies.of(), copies.counted(), copies.moves(), after, counts, false);
    }

    private static List<Total> totals(List<CopiedDay> whole) {
        Map<String, Total> totals = new LinkedHashMap<>();
        whole.forEach(day -> totals.merge(
                day.articleId(),
                new Total(
                        day.articleId(),
                        day.count(Classification.COUNTED) + day.count(Classification.LATE),
                        day.count(Classification.BOT) + day.count(Classification.AUTOMATED)),
                Total::and));
        return new ArrayList<>(totals.values());
    }
}

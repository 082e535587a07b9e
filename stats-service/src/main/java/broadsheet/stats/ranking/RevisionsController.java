package broadsheet.stats.ranking;

import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ReadingDimension;
import broadsheet.stats.history.ReadingsByKey;
import broadsheet.stats.history.ReadingsByKey.Readings;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How often each revision of an article was read. */
@RestController
class RevisionsController {

    private final ReadingsByKey readings;
    private final Articles articles;
    private final CountingLag lag;

    RevisionsController(ReadingsByKey readings, Articles articles, CountingLag lag) {
        this.readings = readings;
        this.articles = articles;
        this.lag = lag;
    }

    /**
     * The revisions that were read, the newest first.
     *
     * @param other what was read of those that were not among those that are kept of a day; null where there is none
     */
    record RevisionsResponse(
            String articleId,
            List<Revision> items,
            @Nullable Readings other,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    record Revision(long revision, long hits, long visitors) {}

    @GetMapping("/api/stats/articles/{id}/revisions")
    Mono<RevisionsResponse> revisions(@PathVariable String id) {
        return lag.report()
                .flatMap(counted -> Mono.zipDelayError(
                                readings.find(id, ReadingDimension.REVISION),
                                articles.find(id).map(Optional::of).defaultIfEmpty(Optional.empty()))
                        .onErrorMap(StatsCollections::first)
                        .map(found -> {
                            if (found.getT1().isEmpty() && found.getT2().isEmpty()) {
                                throw ArticleProblems.unknown(id);
                            }
                            return response(id, found.getT1(), counted);
                        }));
    }

    private static RevisionsResponse response(
            String id, Map<@Nullable String, Readings> read, CountingLag.Report counted) {
        List<Revision> revisions = read.entrySet().stream()
                .flatMap(one -> Optional.ofNullable(one.getKey()).stream()
                        .map(revision -> new Revision(
                                Long.parseLong(revision),
                                one.getValue().hits(),
                                one.getValue().visitors())))
                .sorted(Comparator.comparingLong(Revision::revision).reversed())
                .toList();
        return new RevisionsResponse(
                id, revisions, read.get(null), counted.asOf(), counted.lagMillis(), counted.complete());
    }
}

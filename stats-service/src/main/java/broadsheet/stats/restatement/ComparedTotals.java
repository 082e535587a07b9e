package broadsheet.stats.restatement;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.RestatementChanges.Change;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ArticleTotals.FencedHits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Every article's hits in two generations, while both are counted.
 *
 * <p>A position is stored after every document has counted what lies before it. So where neither of an article's totals has
 * counted a record beyond the position of either generation that was read before, both have counted the same records. Where
 * one has, they are read again; an article that is read all the time is taken as it is in the end.
 */
@Component
class ComparedTotals {

    private static final int ARTICLES_A_PAGE = 500;
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ArticleTotals totals;
    private final PartitionPositions positions;
    private final ErasedArticles erased;

    ComparedTotals(ArticleTotals totals, PartitionPositions positions, ErasedArticles erased) {
        this.totals = totals;
        this.positions = positions;
        this.erased = erased;
    }

    /**
     * What was compared of some articles.
     *
     * @param last the id of the last of them; empty where no others follow
     */
    record Page(Changes sums, List<Change> changed, String last) {}

    /** All articles that one of the generations has, in the order of their ids. */
    Flux<Page> pages(int before, int after) {
        return page(before, after, "")
                .expand(page -> page.last().isEmpty() ? Mono.empty() : page(before, after, page.last()));
    }

    private Mono<Page> page(int before, int after, String last) {
        return counted(before, after)
                .flatMap(counted -> Mono.zip(
                                totals.fencedHits(before, last, ARTICLES_A_PAGE).collectList(),
                                totals.fencedHits(after, last, ARTICLES_A_PAGE).collectList())
                        .flatMap(read -> settled(before, after, pairs(read.getT1(), read.getT2()), counted))
                        .map(this::page));
    }

    /** Those that one of two full pages ends before are left to the next. */
    private static Pairs pairs(List<FencedHits> before, List<FencedHits> after) {
        String end = List.of(before, after).stream()
                .filter(page -> page.size() == ARTICLES_A_PAGE)
                .map(page -> page.get(page.size() - 1).articleId())
                .min(String::compareTo)
                .orElse("");
        var pairs = new TreeMap<String, Pair>();
        before.forEach(total -> pairs.put(total.articleId(), new Pair(total.hits(), FencedSum.NOTHING)));
        after.forEach(total -> pairs.merge(
                total.articleId(),
                new Pair(FencedSum.NOTHING, total.hits()),
                (known, own) -> new Pair(known.before(), own.after())));
        return new Pairs(end.isEmpty() ? pairs : pairs.headMap(end, true), end);
    }

    private record Pair(FencedSum before, FencedSum after) {}

    private record Pairs(Map<String, Pair> byArticle, String last) {}

    /** The positions of each generation, of the partitions that both count. */
    private Mono<List<Map<String, PartitionPosition>>> counted(int before, int after) {
        return Mono.zip(
                positions.of(before).all(),
                positions.of(after).all(),
                (one, other) -> List.of(ofBoth(one, other), ofBoth(other, one)));
    }

    private static Map<String, PartitionPosition> ofBoth(
            Map<String, PartitionPosition> one, Map<String, PartitionPosition> other) {
        var both = new HashMap<>(one);
        both.keySet().retainAll(other.keySet());
        return both;
    }

    private Mono<Pairs> settled(int before, int after, Pairs pairs, List<Map<String, PartitionPosition>> counted) {
        var settled = new TreeMap<>(pairs.byArticle());
        return again(before, after, settled, unsettled(settled, counted), 0)
                .thenReturn(new Pairs(settled, pairs.last()));
    }

    private Mono<Void> again(int before, int after, Map<String, Pair> all, List<String> unsettled, int tries) {
        if (unsettled.isEmpty() || tries == TRIES) {
            return Mono.empty();
        }
        return Mono.delay(PAUSE)
                .then(counted(before, after))
                .flatMap(counted -> Mono.zip(
                                totals.fencedHits(before, unsettled)
                                        .collectMap(FencedHits::articleId, FencedHits::hits),
                                totals.fencedHits(after, unsettled).collectMap(FencedHits::articleId, FencedHits::hits))
                        .flatMap(read -> {
                            Map<String, Pair> newer = unsettled.stream()
                                    .collect(Collectors.toMap(
                                            id -> id,
                                            id -> new Pair(
                                                    read.getT1().getOrDefault(id, FencedSum.NOTHING),
                                                    read.getT2().getOrDefault(id, FencedSum.NOTHING))));
                            all.putAll(newer);
                            return again(before, after, all, unsettled(newer, counted), tries + 1);
                        }));
    }

    private static List<String> unsettled(Map<String, Pair> pairs, List<Map<String, PartitionPosition>> counted) {
        return pairs.entrySet().stream()
                .filter(pair -> counted.stream()
                        .anyMatch(positions -> isBeyond(pair.getValue().before(), positions)
                                || isBeyond(pair.getValue().after(), positions)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isBeyond(FencedSum sum, Map<String, PartitionPosition> positions) {
        return sum.fences().entrySet().stream().anyMatch(fence -> {
            PartitionPosition position = positions.get(fence.getKey());
            return position != null && !position.isBehind(fence.getValue());
        });
    }

    private Page page(Pairs compared) {
        List<Change> changed = new ArrayList<>();
        long before = 0;
        long after = 0;
        for (var pair : compared.byArticle().entrySet()) {
            var change = new Change(
                    pair.getKey(),
                    pair.getValue().before().sum(),
                    pair.getValue().after().sum());
            before += change.before();
            after += change.after();
            if (change.size() > 0 && !erased.contains(change.articleId())) {
                changed.add(change);
            }
        }
        return new Page(new Changes(before, after, changed.size()), changed, compared.last());
    }
}

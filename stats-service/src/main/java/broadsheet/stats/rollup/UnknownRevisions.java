package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.eq;

import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.generation.ServedCollections;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which versions were read on a day and not known when the day was added up, beside what it had in {@link SiteRollups}: once
 * one of them is known, its day is added up again. Of all days at most {@value #MOST_ASKED} are looked for at once.
 */
@Component
class UnknownRevisions {

    private static final String KIND = "unknown";
    private static final String IDS = "ids";
    private static final int MOST_ASKED = 10_000;
    private static final int ASKED_AT_ONCE = 500;

    private final ServedCollections collections;
    private final ArticleRevisions revisions;

    UnknownRevisions(ServedCollections collections, ArticleRevisions revisions) {
        this.collections = collections;
        this.revisions = revisions;
    }

    /** Stores those of a day, before what it had: a kill in between has them asked for once too often. */
    Mono<Void> store(int generation, Instant day, Collection<String> ids) {
        String id = RollupIds.of(KIND, day);
        return collections
                .named(SiteRollups.COLLECTION, generation)
                .flatMap(rollups -> Mono.from(rollups.replaceOne(
                        eq("_id", id), new Document(IDS, List.copyOf(ids)), new ReplaceOptions().upsert(true))))
                .then();
    }

    /** The days in {@code [from, to)} of which a version is known by now that was not when they were added up. */
    Mono<Set<Instant>> knownByNow(int generation, Instant from, Instant to) {
        return collections
                .named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups -> rollups.find(RollupIds.days(KIND, from, to)))
                .collectMap(RollupIds::day, stored -> stored.getList(IDS, String.class))
                .flatMap(days -> known(days.values()).map(known -> daysOf(known, days)));
    }

    private Mono<Set<String>> known(Collection<List<String>> days) {
        return Flux.fromStream(days.stream().flatMap(List::stream).distinct().limit(MOST_ASKED))
                .buffer(ASKED_AT_ONCE)
                .concatMap(revisions::known)
                .collect(HashSet::new, Set::add);
    }

    private static Set<Instant> daysOf(Set<String> known, Map<Instant, List<String>> days) {
        return days.entrySet().stream()
                .filter(day -> !Collections.disjoint(known, day.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}

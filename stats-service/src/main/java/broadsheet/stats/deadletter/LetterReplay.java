package broadsheet.stats.deadletter;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleViewed;
import broadsheet.events.Event;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.stats.article.ArticleVersions;
import broadsheet.stats.kafka.ViewsTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes up dead letters that this release can read, each once however often it is asked to: views are sent to their topic
 * again, and an article's version is stored unless a newer one is. What still cannot be read stays where it is.
 */
@Component
class LetterReplay {

    /** So that a caller waits for less than 5 s where Kafka is away. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private final DeadLetterTopics topics;
    private final ReplayedLetters replayed;
    private final ViewResending resending;
    private final ViewsTopic views;
    private final ArticleVersions versions;

    LetterReplay(
            DeadLetterTopics topics,
            ReplayedLetters replayed,
            ViewResending resending,
            ViewsTopic views,
            ArticleVersions versions) {
        this.topics = topics;
        this.views = views;
        this.replayed = replayed;
        this.resending = resending;
        this.versions = versions;
    }

    /**
     * What became of the letters.
     *
     * @param replayed taken up now
     * @param before taken up by an earlier call, or being taken up by one
     * @param unreadable as before, or of which only a part is kept
     */
    record Outcome(long replayed, long before, long unreadable) {

        static final Outcome NOTHING = new Outcome(0, 0, 0);
        static final Outcome REPLAYED = new Outcome(1, 0, 0);
        static final Outcome BEFORE = new Outcome(0, 1, 0);
        static final Outcome UNREADABLE = new Outcome(0, 0, 1);

        Outcome and(Outcome other) {
            return new Outcome(replayed + other.replayed, before + other.before, unreadable + other.unreadable);
        }
    }

    /**
     * Goes through all letters that there are.
     *
     * @param since letters that were kept before are left out; null for none
     */
    Mono<Outcome> replay(LetterTopic topic, @Nullable Instant since) {
        return views.extents()
                .timeout(TIME_LIMIT)
                .map(LetterReplay::ends)
                .flatMapMany(ends -> topics.all(topic)
                        .filter(letter -> since == null || !letter.keptAt().isBefore(since))
                        .concatMap(letter -> replay(topic, letter, ends)))
                .reduce(Outcome.NOTHING, Outcome::and);
    }

    private static Map<Integer, Long> ends(Map<Integer, ViewsTopic.Extent> extents) {
        return extents.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, extent -> extent.getValue().end()));
    }

    private Mono<Outcome> replay(LetterTopic topic, DeadLetter letter, Map<Integer, Long> ends) {
        Event event = read(letter);
        return switch (topic) {
            case VIEWS -> event instanceof ArticleViewed ? once(letter, ends, resending.send(letter)) : unreadable();
            case ARTICLES ->
                event instanceof ArticleChanged changed
                        ? versions.store(List.of(changed.article())).then(once(letter, ends, Mono.empty()))
                        : unreadable();
        };
    }

    private static Mono<Outcome> unreadable() {
        return Mono.just(Outcome.UNREADABLE);
    }

    private static @Nullable Event read(DeadLetter letter) {
        try {
            return letter.isTruncated()
                    ? null
                    : EventCodec.decode(letter.record()).event();
        } catch (UnreadableEventException e) {
            return null;
        }
    }

    private Mono<Outcome> once(DeadLetter letter, Map<Integer, Long> ends, Mono<Void> work) {
        Mono<Outcome> done = work.then(replayed.sent(letter.id())).thenReturn(Outcome.REPLAYED);
        return replayed.claim(letter.id(), ends)
                .flatMap(first -> first ? done : goOn(letter, done))
                .defaultIfEmpty(Outcome.BEFORE);
    }

    /** Where the one that had claimed it was killed, or could not tell whether it was sent. */
    private Mono<Outcome> goOn(DeadLetter letter, Mono<Outcome> work) {
        return replayed.openClaim(letter.id())
                .filter(claim -> resending.isOver(claim.at()))
                .flatMap(claim -> resending
                        .hasSent(letter, claim.ends())
                        .flatMap(sent -> sent
                                ? replayed.sent(letter.id()).thenReturn(Outcome.BEFORE)
                                : replayed.claimAgain(letter.id(), claim)
                                        .flatMap(mine -> mine ? work : Mono.just(Outcome.BEFORE))));
    }
}

package broadsheet.stats.deadletter;

import broadsheet.stats.deadletter.DeadLetter.OriginalPlace;
import broadsheet.stats.deadletter.LetterReplay.Outcome;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The records that could not be read, and the way to take them up again. */
@RestController
@RequestMapping("/api/stats/dead-letters")
class DeadLetterController {

    private final DeadLetterTopics topics;
    private final ReplayedLetters replayed;
    private final LetterReplay replay;

    DeadLetterController(DeadLetterTopics topics, ReplayedLetters replayed, LetterReplay replay) {
        this.topics = topics;
        this.replayed = replayed;
        this.replay = replay;
    }

    /**
     * A record that could not be read.
     *
     * @param at where it stood; null where its letter does not tell
     * @param bytes of its value, as far as it is kept
     * @param replayedAt when it was taken up; null where it was not
     */
    record Letter(
            String id,
            @Nullable OriginalPlace at,
            @Nullable String reason,
            @Nullable String key,
            @Nullable String eventId,
            @Nullable String eventType,
            Instant writtenAt,
            Instant keptAt,
            int bytes,
            boolean truncated,
            @Nullable Instant replayedAt) {

        static Letter of(DeadLetter letter, @Nullable Instant replayedAt) {
            return new Letter(
                    letter.id(),
                    letter.original().orElse(null),
                    letter.reason(),
                    letter.record().key(),
                    letter.eventId(),
                    letter.eventType(),
                    letter.writtenAt(),
                    letter.keptAt(),
                    Math.max(0, letter.record().serializedValueSize()),
                    letter.isTruncated(),
                    replayedAt);
        }
    }

    record LettersResponse(List<Letter> items, @Nullable String nextCursor) {}

    /** The newest first; one that was redelivered may be listed again, with the same id. */
    @GetMapping
    Mono<LettersResponse> letters(
            @RequestParam(defaultValue = "views") String topic,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        long before = cursor == null ? Long.MAX_VALUE : offset(cursor);
        return topics.before(LetterTopic.parse(topic), before, Page.limit(limit))
                .onErrorMap(e -> e instanceof KafkaException || e instanceof TimeoutException, e -> away())
                .flatMap(found -> replayed.sentAt(
                                found.letters().stream().map(DeadLetter::id).toList())
                        .map(sent -> response(found, sent)));
    }

    private static LettersResponse response(DeadLetterTopics.Letters found, Map<String, Instant> sent) {
        List<DeadLetter> newestFirst = new ArrayList<>(found.letters());
        Collections.reverse(newestFirst);
        boolean hasOlder = !found.letters().isEmpty() && found.letters().get(0).offset() > found.first();
        return new LettersResponse(
                newestFirst.stream()
                        .map(letter -> Letter.of(letter, sent.get(letter.id())))
                        .toList(),
                hasOlder ? Long.toString(found.letters().get(0).offset()) : null);
    }

    private static long offset(String cursor) {
        try {
            long offset = Long.parseLong(cursor);
            if (offset > 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // answered below, as what is no offset either
        }
        throw new InvalidFieldException("cursor", "is not one that a list gave out");
    }

    /**
     * What to take up.
     *
     * @param topic views or articles; both where it is missing
     * @param since only what was kept at this time or later
     */
    record ReplayRequest(@Nullable String topic, @Nullable Instant since) {}

    /** Goes on whoever waits for it; taking up a letter twice changes nothing. */
    @PostMapping("/replay")
    Mono<Outcome> replay(@RequestBody(required = false) @Nullable ReplayRequest request, Authentication operator) {
        List<LetterTopic> asked = request == null || request.topic() == null
                ? List.of(LetterTopic.values())
                : List.of(LetterTopic.parse(request.topic()));
        Instant since = request == null ? null : request.since();
        return Flux.fromIterable(asked)
                .concatMap(topic -> replay.replay(topic, since))
                .reduce(Outcome.NOTHING, Outcome::and)
                .onErrorMap(e -> e instanceof KafkaException || e instanceof TimeoutException, e -> away())
                .doOnNext(outcome -> AuditEntry.of("dead-letters-replayed")
                        .with("by", operator.getName())
                        .with("replayed", outcome.replayed())
                        .with("unreadable", outcome.unreadable())
                        .log())
                .cache(); // is not cancelled with its caller
    }

    private static ProblemException away() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "Kafka has not answered in time; ask again");
    }
}

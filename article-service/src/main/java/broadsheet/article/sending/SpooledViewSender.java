package broadsheet.article.sending;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import broadsheet.article.sending.SpoolFile.Pending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends views of a file of the spool together, and stores in it what became of each. That they may be in Kafka is stored
 * before they are sent, and that they are there once Kafka has acknowledged them; so what is sent again says when it was
 * sent before.
 */
final class SpooledViewSender {

    static final int MOST_TOGETHER = 1_000;
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(SpooledViewSender.class);

    private final SpoolFiles files;
    private final ViewProducer producer;
    private final InstantSource clock;

    SpooledViewSender(SpoolFiles files, ViewProducer producer, InstantSource clock) {
        this.files = files;
        this.producer = producer;
        this.clock = clock;
    }

    /**
     * @param done how many are not sent again: acknowledged, or refused for good
     * @param clockIsAhead whether some were refused for their time, which this instance's clock has passed
     */
    record Result(int done, boolean clockIsAhead) {}

    /** @param views from one to {@link #MOST_TOGETHER} */
    Result send(SpoolFile file, List<Pending> views) throws IOException {
        file.attempt(views, clock.instant());
        Map<Outcome, List<Pending>> outcomes = Flux.fromIterable(views)
                .flatMap(view -> send(view).map(outcome -> Map.entry(outcome, view)), MOST_TOGETHER)
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())))
                .blockOptional(TIME_LIMIT)
                .orElseThrow();
        List<Pending> acknowledged = outcomes.getOrDefault(Outcome.ACKNOWLEDGED, List.of());
        List<Pending> refused = outcomes.getOrDefault(Outcome.REFUSED_FOR_GOOD, List.of());
        files.sent(file, acknowledged);
        files.setAside(file, refused);
        boolean clockIsAhead = redate(file, outcomes.getOrDefault(Outcome.REFUSED_FOR_ITS_TIME, List.of()));
        return new Result(acknowledged.size() + refused.size(), clockIsAhead);
    }

    /** What the clock has not reached was received when it was ahead; answers whether it is so still. */
    private boolean redate(SpoolFile file, List<Pending> refused) throws IOException {
        Instant now = clock.instant();
        List<Pending> future = refused.stream()
                .filter(view -> view.spooled().receivedAt().isAfter(now))
                .toList();
        file.redate(future, now);
        return future.size() < refused.size();
    }

    private Mono<Outcome> send(Pending view) {
        var partition = producer.partitions().of(view.spooled().event());
        return partition == null
                ? Mono.just(Outcome.FAILED)
                : producer.tryToSend(view.spooled().toSend(), partition)
                        .thenReturn(Outcome.ACKNOWLEDGED)
                        .onErrorResume(e -> Mono.just(outcome(view, e)));
    }

    private static Outcome outcome(Pending view, Throwable e) {
        if (RefusedForGood.is(e)) {
            log.error(
                    "Kafka refuses view {} for good, so the spool sets it aside: {}",
                    view.spooled().event().id(),
                    e.toString());
            return Outcome.REFUSED_FOR_GOOD;
        }
        return RefusedForItsTime.is(e) ? Outcome.REFUSED_FOR_ITS_TIME : Outcome.FAILED;
    }

    private enum Outcome {
        ACKNOWLEDGED,
        REFUSED_FOR_GOOD,
        REFUSED_FOR_ITS_TIME,
        FAILED
    }
}

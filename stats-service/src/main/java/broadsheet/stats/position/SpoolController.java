package broadsheet.stats.position;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.ViewsSpooled;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The spools that hold views which Kafka does not have, and the way to give one up that is lost with its disk. */
@RestController
@RequestMapping("/api/stats/spools")
class SpoolController {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private final SpooledViews spooled;
    private final KafkaTemplate<String, byte[]> kafka;
    private final InstantSource clock;

    SpoolController(SpooledViews spooled, KafkaTemplate<String, byte[]> kafka, InstantSource clock) {
        this.spooled = spooled;
        this.kafka = kafka;
        this.clock = clock;
    }

    /** @param waiting views, when the spool last said so; where it has fallen silent others may */
    record Spool(String spool, long waiting) {}

    record SpoolsResponse(List<Spool> items, @Nullable String nextCursor) {}

    @GetMapping
    Mono<SpoolsResponse> waiting() {
        return Mono.fromSupplier(() -> new SpoolsResponse(
                spooled.waiting().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(spool -> new Spool(spool.getKey(), spool.getValue()))
                        .toList(),
                null));
    }

    /**
     * Says in the spool's place that nothing waits there any more, so that numbers count as complete without it. One that
     * lives on says otherwise when its instance starts again.
     */
    @DeleteMapping("/{spool}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> giveUp(@PathVariable String spool, Authentication operator) {
        Long waiting = spooled.waiting().get(spool);
        if (waiting == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "No spool " + spool + " holds views");
        }
        var empty = EventCodec.encode(Envelope.of("/stats-service", clock.instant(), new ViewsSpooled(spool, 0)))
                .toRecord();
        return Mono.defer(() -> Mono.fromFuture(kafka.send(empty)))
                .subscribeOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .timeout(TIME_LIMIT)
                .onErrorMap(e -> new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE, "Kafka has not taken it in time; ask again"))
                .doOnSuccess(sent -> AuditEntry.of("spool-given-up")
                        .with("by", operator.getName())
                        .with("spool", spool)
                        .with("waiting", waiting)
                        .log())
                .then();
    }
}

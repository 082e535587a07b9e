package broadsheet.notification.subscription.api;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventHistory;
import broadsheet.web.connection.ClientAddress;
import broadsheet.web.limit.RateLimit;
import broadsheet.web.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Says to anyone what a filter would have found lately. One is looked for at a time, and only so many wait, of one network
 * a fifth at most.
 */
@RestController
class FilterPreviewController {

    private static final int MAX_WAITING = 100;
    private static final int BURST = 20;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);

    private final EventHistory history;
    private final InstantSource clock;
    private final RateLimit limit = new RateLimit(BURST, 2, Duration.ofSeconds(1));
    private final Scheduler searches = Schedulers.newBoundedElastic(1, MAX_WAITING, "filter-preview");

    FilterPreviewController(EventHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    @PreDestroy
    void close() {
        searches.dispose();
    }

    @PostMapping("/api/subscriptions/preview")
    Mono<FilterPreview> preview(@Valid @RequestBody PreviewRequest request, ServerHttpRequest http) {
        limit.take(ClientAddress.network(http), "Too many previews are asked for from your address; try again shortly");
        EventFilter filter = request.filter().toFilter();
        return Mono.fromCallable(() -> FilterPreview.of(filter, history, clock.instant()))
                .subscribeOn(searches)
                .timeout(MAX_TIME)
                .onErrorMap(RejectedExecutionException.class, e -> new TooManyPreviewsException());
    }

    public record PreviewRequest(@NotNull @Valid FilterRequest filter) {}

    private static final class TooManyPreviewsException extends ProblemException {

        TooManyPreviewsException() {
            super(HttpStatus.SERVICE_UNAVAILABLE, "Too many previews are asked for at once; try again shortly");
            getHeaders().set("Retry-After", "2");
        }
    }
}

package broadsheet.article.idempotency;

import broadsheet.article.idempotency.IdempotentCalls.Answered;
import broadsheet.article.idempotency.IdempotentCalls.Begun;
import broadsheet.article.idempotency.IdempotentCalls.Standing;
import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Makes a call that creates something once for its {@code Idempotency-Key}, and gives the same answer to each repetition within
 * 24 hours. A call goes on also when its client leaves, so that the answer is there when it comes again; one that is refused or fails
 * leaves nothing, and the key is free.
 */
@Component
@Order(2) // after Spring Security and the audit: what is answered again was not done again
class IdempotencyFilter implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Set<String> CREATING =
            Set.of("/api/articles", "/api/categories", "/api/accounts", "/api/tokens", "/api/media", "/api/imports");
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int RETRIES = 3;

    private final IdempotentCalls calls;
    private final ProblemWriter problems;

    IdempotencyFilter(IdempotentCalls calls, ProblemWriter problems) {
        this.calls = calls;
        this.problems = problems;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        List<String> keys = exchange.getRequest().getHeaders().getOrEmpty(IdempotencyKey.HEADER);
        if (keys.isEmpty() || !isCreation(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(who -> who.isEmpty() ? chain.filter(exchange) : once(keys, who.get(), exchange, chain));
    }

    private static boolean isCreation(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.POST)
                && CREATING.contains(request.getPath().pathWithinApplication().value());
    }

    private Mono<Void> once(List<String> keys, Principal who, ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.fromCallable(() -> IdempotencyKey.of(
                        keys, who.getName(), exchange.getRequest().getPath().value()))
                .flatMap(key -> calls.begin(key.id())
                        .onErrorMap(DataAccessException.class, IdempotencyFilter::storeAway)
                        .switchIfEmpty(Mono.error(IdempotencyFilter::running))
                        .flatMap(standing -> answer(standing, key, exchange, chain)))
                .map(Optional::of)
                .onErrorResume(
                        ProblemException.class,
                        e -> problems.write(exchange.getRequest(), exchange.getResponse(), e)
                                .thenReturn(Optional.empty()))
                .flatMap(answer -> answer.map(given -> given.writeTo(exchange.getResponse()))
                        .orElse(Mono.empty()));
    }

    private Mono<RecordedAnswer> answer(
            Standing standing, IdempotencyKey key, ServerWebExchange exchange, WebFilterChain chain) {
        if (standing instanceof Answered answered) {
            return again(answered, key, exchange);
        }
        return standing instanceof Begun begun
                ? Mono.deferContextual(context -> Mono.fromFuture(
                        () -> made(begun, key, exchange, chain)
                                .contextWrite(context)
                                .toFuture(),
                        true))
                : Mono.error(running());
    }

    /** Whether or not anybody waits for it. */
    private Mono<RecordedAnswer> made(
            Begun call, IdempotencyKey key, ServerWebExchange exchange, WebFilterChain chain) {
        var request = new FingerprintedRequest(exchange.getRequest(), key);
        var response = new RecordedResponse();
        return chain.filter(
                        exchange.mutate().request(request).response(response).build())
                .then(Mono.defer(response::setComplete))
                .then(Mono.fromSupplier(response::answer))
                .onErrorResume(e -> calls.giveUp(call).onErrorComplete().then(Mono.error(e)))
                .publishOn(Schedulers.boundedElastic())
                .delayUntil(answer -> answer.isSuccess()
                        ? keep(call, request.fingerprint(), answer.encrypted(key, call.startedAt()))
                        : calls.giveUp(call).onErrorComplete());
    }

    private Mono<Void> keep(Begun call, String fingerprint, byte[] answer) {
        return calls.answer(call, fingerprint, answer)
                .retryWhen(Retry.backoff(RETRIES, WAIT))
                .onErrorResume(e -> {
                    log.warn("An answer cannot be kept, and its call could be made again: {}", e.toString());
                    return Mono.empty();
                });
    }

    private static Mono<RecordedAnswer> again(Answered answered, IdempotencyKey key, ServerWebExchange exchange) {
        return new FingerprintedRequest(exchange.getRequest(), key)
                .readFingerprint()
                .publishOn(Schedulers.boundedElastic())
                .map(fingerprint -> {
                    if (!fingerprint.equals(answered.fingerprint())) {
                        throw new ProblemException(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "This Idempotency-Key was used for another request; take a new one");
                    }
                    return RecordedAnswer.decrypted(answered.answer(), key, answered.startedAt())
                            .repeated();
                });
    }

    private static ProblemException running() {
        var running = new ProblemException(
                HttpStatus.CONFLICT,
                "The request with this Idempotency-Key is still being answered; try again shortly");
        running.getHeaders().set("Retry-After", Long.toString(WAIT.toSeconds()));
        return running;
    }

    private static ProblemException storeAway(Throwable e) {
        var away = new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer; try again shortly");
        away.getHeaders().set("Retry-After", Long.toString(WAIT.toSeconds()));
        return away;
    }
}

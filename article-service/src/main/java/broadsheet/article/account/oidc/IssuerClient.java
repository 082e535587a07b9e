package broadsheet.article.account.oidc;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Asks the issuer, for whatever: an answer has ten seconds to arrive as a whole, and may have 256 KB. */
final class IssuerClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 256 * 1_024;

    private IssuerClient() {}

    static WebClient create() {
        return create(TIME_LIMIT);
    }

    static WebClient create(Duration timeLimit) {
        HttpClient http = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_LIMIT.toMillis())
                .responseTimeout(timeLimit);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .filter((request, next) -> limited(request, next, timeLimit))
                .build();
    }

    /** The connector's own limit begins anew with each byte that arrives. */
    private static Mono<ClientResponse> limited(ClientRequest request, ExchangeFunction next, Duration timeLimit) {
        return next.exchange(request)
                .map(response -> response.mutate()
                        .body(body -> body.takeUntilOther(Mono.delay(timeLimit)
                                .then(Mono.error(() -> new TimeoutException("No whole answer in " + timeLimit)))))
                        .build());
    }
}

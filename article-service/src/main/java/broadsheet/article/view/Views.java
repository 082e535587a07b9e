package broadsheet.article.view;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.Envelope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Turns requests into views and sees them off. */
@Component
public class Views {

    private static final String SOURCE = "/article-service";
    private static final int LONGEST_HOST = 253;

    private final VisitorKeys visitors;
    private final ViewSender sender;
    private final InstantSource clock;
    private final Counter lost;

    Views(VisitorKeys visitors, ViewSender sender, InstantSource clock, MeterRegistry meters) {
        this.visitors = visitors;
        this.sender = sender;
        this.clock = clock;
        this.lost = Counter.builder("broadsheet.views.lost")
                .description("Views beside an answer that neither Kafka nor the spool took")
                .register(meters);
    }

    /** Records the view beside the answer, unless the request only fetches ahead; its failure is a metric. */
    public void seen(String articleId, long revision, Channel channel, ServerHttpRequest request) {
        if (HttpMethod.HEAD.equals(request.getMethod()) || fetchesAhead(request.getHeaders())) {
            return;
        }
        record(articleId, revision, channel, request.getHeaders().getFirst(HttpHeaders.REFERER), request)
                .doOnError(e -> lost.increment())
                .onErrorComplete()
                .subscribe();
    }

    /** Records a view that was made without a beacon by what does not run one; a person's is left to the beacon. */
    public void crawled(String articleId, long revision, ServerHttpRequest request) {
        if (Agents.agent(userAgent(request)) != ArticleViewed.Agent.USER) {
            seen(articleId, revision, Channel.PAGE, request);
        }
    }

    /**
     * The id of the view's event, once Kafka or the spool has it; fails with 503 where neither can take it.
     *
     * @param referrer the address that led here; only its host is kept
     */
    public Mono<String> record(
            String articleId, long revision, Channel channel, @Nullable String referrer, ServerHttpRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String userAgent = userAgent(request);
        return visitors.of(address(request), userAgent, now)
                .map(visitor -> new ArticleViewed(
                        articleId,
                        revision,
                        now,
                        now,
                        visitor,
                        channel,
                        referrerHost(referrer),
                        Agents.device(userAgent),
                        Agents.agent(userAgent),
                        Agents.RULES,
                        null))
                .map(view -> Envelope.of(SOURCE, now, view))
                .flatMap(view -> sender.send(view).thenReturn(view.id()));
    }

    private static boolean fetchesAhead(HttpHeaders headers) {
        return says(headers, "Sec-Purpose", "prefetch")
                || says(headers, "Purpose", "prefetch")
                || says(headers, "X-Moz", "prefetch");
    }

    private static boolean says(HttpHeaders headers, String name, String word) {
        String value = headers.getFirst(name);
        return value != null && value.contains(word);
    }

    private static String userAgent(ServerHttpRequest request) {
        return Objects.requireNonNullElse(request.getHeaders().getFirst(HttpHeaders.USER_AGENT), "");
    }

    private static String address(ServerHttpRequest request) {
        InetSocketAddress address = request.getRemoteAddress();
        if (address == null) {
            return "";
        }
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    private static @Nullable String referrerHost(@Nullable String referrer) {
        if (referrer == null) {
            return null;
        }
        try {
            String host = URI.create(referrer).getHost();
            return host == null || host.length() > LONGEST_HOST ? null : host;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

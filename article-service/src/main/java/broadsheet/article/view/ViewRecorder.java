package broadsheet.article.view;

import broadsheet.article.outbox.TracedEvents;
import broadsheet.article.sending.ViewSender;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.EncodedEvent;
import broadsheet.useragents.UserAgent;
import broadsheet.useragents.UserAgentClassifier;
import broadsheet.useragents.UserAgentRules;
import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a view of a request that counts as one and hands it to the sender. */
@Component
public class ViewRecorder {

    private static final int MAX_HOST_LENGTH = 253;
    private static final int MAX_FETCH_WORD = 30;

    private final UserAgentClassifier agents = new UserAgentClassifier(UserAgentRules.CURRENT);
    private final CountableRequests countable;
    private final ViewLimit limit;
    private final DailySalts salts;
    private final ViewSender sender;
    private final InstantSource clock;
    private final Counter lost;

    ViewRecorder(
            CountableRequests countable,
            ViewLimit limit,
            DailySalts salts,
            ViewSender sender,
            InstantSource clock,
            MeterRegistry meters) {
        this.countable = countable;
        this.limit = limit;
        this.salts = salts;
        this.sender = sender;
        this.clock = clock;
        this.lost = Counter.builder("broadsheet.views.lost")
                .description("Views beside an answer that neither Kafka nor the spool accepted")
                .register(meters);
    }

    /** Records the view while the article is answered; a failure is counted in {@code broadsheet.views.lost}. */
    public void recordInBackground(String articleId, long revision, Channel channel, ServerHttpRequest request) {
        if (!countable.isView(request)) {
            return;
        }
        String network = ClientAddress.network(request);
        if (limit.takesBesideAnswer(network)) {
            String referrer = request.getHeaders().getFirst(HttpHeaders.REFERER);
            record(articleId, revision, channel, referrer, null, network, request)
                    .doOnError(e -> lost.increment())
                    .onErrorComplete()
                    .subscribe();
        }
    }

    /** Records that a bot or a program read a page; a person's view is recorded by the page's beacon instead. */
    public void recordBotInBackground(String articleId, long revision, ServerHttpRequest request) {
        if (agents.classify(userAgent(request)).agent() != Agent.USER) {
            recordInBackground(articleId, revision, Channel.PAGE, request);
        }
    }

    /**
     * Records the view that a page's beacon, or an app, reports. Answers the event's id once Kafka or the spool has it.
     *
     * @param referrer the address that led to the article; only its host is stored
     * @param alert the id that the link of an alert brought
     * @throws ProblemException as an error signal: 403 for a page of another site, 429 beyond the limit of an
     *     address, 503 where neither Kafka nor the spool can store it
     */
    public Mono<String> recordReported(
            String articleId,
            long revision,
            @Nullable String referrer,
            @Nullable String alert,
            ServerHttpRequest request) {
        return Mono.defer(() -> {
            if (countable.isCrossSite(request)) {
                throw new ProblemException(
                        HttpStatus.FORBIDDEN, "Pages of other sites cannot report views of this one");
            }
            String network = ClientAddress.network(request);
            limit.take(network);
            return record(articleId, revision, Channel.PAGE, referrer, alert, network, request);
        });
    }

    private Mono<String> record(
            String articleId,
            long revision,
            Channel channel,
            @Nullable String referrer,
            @Nullable String alert,
            String network,
            ServerHttpRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String userAgent = userAgent(request);
        UserAgent agent = agents.classify(userAgent);
        VisitorKeys keys = salts.keys(now);
        var view = new ArticleViewed(
                articleId,
                revision,
                now,
                now,
                keys.ofVisitor(ClientAddress.network(request), userAgent),
                channel,
                referrerHost(referrer),
                agent.device(),
                agent.agent(),
                agents.version(),
                alert,
                new Evidence(userAgent, keys.ofNetwork(network), agent.rule(), fetch(request)));
        return Mono.deferContextual(context -> {
            EncodedEvent event = TracedEvents.encode(now, view, context);
            return sender.send(event).thenReturn(event.id());
        });
    }

    private static String userAgent(ServerHttpRequest request) {
        String agent = Objects.requireNonNullElse(request.getHeaders().getFirst(HttpHeaders.USER_AGENT), "");
        return agent.substring(0, Math.min(agent.length(), Evidence.MAX_USER_AGENT));
    }

    /** Such as {@code same-origin/cors/empty}; null for what sends no Fetch Metadata. */
    private static @Nullable String fetch(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        String mode = headers.getFirst("Sec-Fetch-Mode");
        String destination = headers.getFirst("Sec-Fetch-Dest");
        return site == null && mode == null && destination == null
                ? null
                : word(site) + "/" + word(mode) + "/" + word(destination);
    }

    private static String word(@Nullable String word) {
        return word == null ? "-" : word.substring(0, Math.min(word.length(), MAX_FETCH_WORD));
    }

    private static @Nullable String referrerHost(@Nullable String referrer) {
        if (referrer == null) {
            return null;
        }
        try {
            String host = URI.create(referrer).getHost();
            return host == null || host.length() > MAX_HOST_LENGTH ? null : host;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package broadsheet.stats.alert;

import broadsheet.events.AlertSent;
import broadsheet.stats.history.ReadingDimension;
import broadsheet.stats.history.ReadingsByKey;
import broadsheet.stats.history.ReadingsByKey.Readings;
import broadsheet.stats.position.CountingLag;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** To how many alerts went, and who came by their links. */
@RestController
class AlertController {

    private static final int ARTICLES_AT_ONCE = 8;
    private static final String STREAM = "stream";

    private final Alerts alerts;
    private final ReadingsByKey readings;
    private final CountingLag lag;

    AlertController(Alerts alerts, ReadingsByKey readings, CountingLag lag) {
        this.alerts = alerts;
        this.readings = readings;
        this.lag = lag;
    }

    record AlertResponse(
            String id,
            String articleId,
            List<ChannelResponse> channels,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /** An alert by one of the channels that it went by. */
    record AlertItem(
            String id,
            String articleId,
            String channel,
            long sent,
            long failed,
            long waiting,
            long opened,
            long readers) {}

    record AlertsResponse(
            List<AlertItem> items,
            @Nullable String nextCursor,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /** @param id of the event that was told */
    @GetMapping("/api/stats/alerts/{id}")
    Mono<AlertResponse> alert(@PathVariable String id) {
        return lag.report()
                .flatMap(report -> alerts.ofEvent(id)
                        .collectList()
                        .filter(sent -> !sent.isEmpty())
                        .switchIfEmpty(Mono.error(
                                () -> new ProblemException(HttpStatus.NOT_FOUND, "No alert " + id + " is known")))
                        .flatMap(sent -> openedOf(sent.get(0).articleId())
                                .map(known -> new AlertResponse(
                                        id,
                                        sent.get(0).articleId(),
                                        channels(id, sent, known),
                                        report.asOf(),
                                        report.lagMillis(),
                                        report.complete()))));
    }

    private static List<ChannelResponse> channels(
            String id, List<AlertSent> sent, Map<@Nullable String, Readings> known) {
        Readings stream = known.getOrDefault(id + "." + STREAM, Readings.NONE);
        return Stream.concat(
                        sent.stream()
                                .map(alert ->
                                        ChannelResponse.of(alert, known.getOrDefault(alert.alertId(), Readings.NONE))),
                        Stream.of(new ChannelResponse(STREAM, null, null, null, stream.hits(), stream.visitors())))
                .toList();
    }

    /** The newest first; an alert has an item for each channel that it went by. */
    @GetMapping("/api/stats/alerts")
    Mono<AlertsResponse> list(
            @RequestParam(required = false) @Nullable String article,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int max = Page.limit(limit);
        return lag.report()
                .flatMap(report -> alerts.list(article, cursor, max + 1)
                        .collectList()
                        .flatMap(found -> openedOf(found).map(known -> {
                            Page<AlertItem> page = Page.of(found, max, alert -> item(alert, known), AlertSent::alertId);
                            return new AlertsResponse(
                                    page.items(),
                                    page.nextCursor(),
                                    report.asOf(),
                                    report.lagMillis(),
                                    report.complete());
                        })));
    }

    /** By alert, what its links led to of an article. */
    private Mono<Map<@Nullable String, Readings>> openedOf(String articleId) {
        return readings.find(articleId, ReadingDimension.ALERT);
    }

    private Mono<Map<@Nullable String, Readings>> openedOf(List<AlertSent> found) {
        return Flux.fromIterable(found)
                .map(AlertSent::articleId)
                .distinct()
                .flatMap(this::openedOf, ARTICLES_AT_ONCE)
                .flatMapIterable(Map::entrySet)
                .collect(HashMap<@Nullable String, Readings>::new, (all, one) -> all.put(one.getKey(), one.getValue()))
                .map(all -> all);
    }

    private static AlertItem item(AlertSent alert, Map<@Nullable String, Readings> known) {
        Readings opened = known.getOrDefault(alert.alertId(), Readings.NONE);
        String suffix = "." + ChannelResponse.nameOf(alert);
        String event = alert.alertId().endsWith(suffix)
                ? alert.alertId().substring(0, alert.alertId().length() - suffix.length())
                : alert.alertId();
        return new AlertItem(
                event,
                alert.articleId(),
                ChannelResponse.nameOf(alert),
                alert.sent(),
                alert.failed(),
                alert.waiting(),
                opened.hits(),
                opened.visitors());
    }
}

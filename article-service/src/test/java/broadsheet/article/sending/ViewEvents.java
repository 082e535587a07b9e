package broadsheet.article.sending;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Views of articles {@code a0}, {@code a1}, … */
final class ViewEvents {

    static final Instant RECEIVED = Instant.parse("2026-11-24T06:00:00.125Z");

    private ViewEvents() {}

    static List<EncodedEvent> views(int count) {
        return views(count, RECEIVED);
    }

    static List<EncodedEvent> views(int count, Instant receivedAt) {
        return IntStream.range(0, count)
                .mapToObj(n -> view("a" + n, receivedAt))
                .toList();
    }

    static EncodedEvent view(String article) {
        return view(article, RECEIVED);
    }

    static EncodedEvent view(String article, Instant receivedAt) {
        return EventCodec.encode(Envelope.of(
                "/article-service",
                receivedAt,
                new ArticleViewed(
                        article,
                        1,
                        receivedAt,
                        receivedAt,
                        "v",
                        Channel.PAGE,
                        null,
                        Device.OTHER,
                        Agent.USER,
                        "1",
                        null,
                        Evidence.NONE)));
    }
}

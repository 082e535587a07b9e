package broadsheet.stats;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Views, and the records that carry them. */
public final class ViewEvents {

    private ViewEvents() {}

    public static ArticleViewed view(String articleId, String visitor, Agent agent, Instant at) {
        return new ArticleViewed(
                articleId,
                1,
                at,
                at,
                visitor,
                Channel.PAGE,
                null,
                Device.DESKTOP,
                agent,
                "test-1",
                null,
                Evidence.NONE);
    }

    public static ArticleViewed view(String articleId, String visitor, Instant at) {
        return view(articleId, visitor, Agent.USER, at);
    }

    /** The same view with what is known of who opened it. */
    public static ArticleViewed by(@Nullable String networkKey, String userAgent, ArticleViewed view) {
        return new ArticleViewed(
                view.articleId(),
                view.revision(),
                view.occurredAt(),
                view.receivedAt(),
                view.visitorKey(),
                view.channel(),
                view.referrerHost(),
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                new Evidence(userAgent, networkKey, null, null));
    }

    /** The same view from a page of this host. */
    public static ArticleViewed referredBy(@Nullable String referrerHost, ArticleViewed view) {
        return new ArticleViewed(
                view.articleId(),
                view.revision(),
                view.occurredAt(),
                view.receivedAt(),
                view.visitorKey(),
                view.channel(),
                referrerHost,
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                view.evidence());
    }

    public static Envelope<ArticleViewed> event(ArticleViewed view) {
        return Envelope.of("/test", view.receivedAt(), view);
    }

    /** To be sent, with the timestamp that the view was received at. */
    public static ProducerRecord<String, byte[]> sent(String topic, Envelope<ArticleViewed> event) {
        var encoded = EventCodec.encode(event).toRecord();
        return new ProducerRecord<>(
                topic,
                null,
                event.event().receivedAt().toEpochMilli(),
                encoded.key(),
                encoded.value(),
                encoded.headers());
    }

    /** As it would arrive. */
    public static ConsumerRecord<String, byte[]> arrived(int partition, long offset, Envelope<ArticleViewed> event) {
        var sent = sent("news.views", event);
        return new ConsumerRecord<>(
                sent.topic(),
                partition,
                offset,
                sent.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.of(0));
    }
}

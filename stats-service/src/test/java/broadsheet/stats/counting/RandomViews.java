package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.stats.position.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** A log of few readers, a record a second, so that everything happens: double clicks, duplicates, and what is no view. */
final class RandomViews {

    private final Random random;
    private final List<Envelope<ArticleViewed>> events = new ArrayList<>();
    private Instant clock = Instant.parse("2026-03-01T12:00:00Z");

    RandomViews(long seed) {
        random = new Random(seed);
    }

    ConsumerRecord<String, byte[]> next(int partition, Place place) {
        clock = clock.plusSeconds(1);
        Instant written = clock.plusMillis(random.nextInt(15_000));
        return switch (random.nextInt(20)) {
            case 0 -> arrived(partition, place, written, noEvent(place));
            case 1, 2 -> fromTheSpool(partition, place, written);
            default -> arrived(partition, place, written, anyEvent(written));
        };
    }

    /** Received up to five minutes ago, as its timestamp says; some were sent before, and some of those had arrived. */
    private ConsumerRecord<String, byte[]> fromTheSpool(int partition, Place place, Instant now) {
        boolean arrived = !events.isEmpty() && random.nextBoolean();
        Envelope<ArticleViewed> event = arrived
                ? events.get(random.nextInt(events.size()))
                : event(seen(now.minusSeconds(random.nextInt(300))));
        events.add(event);
        Instant receivedAt = event.event().receivedAt();
        var record =
                arrived(partition, place, receivedAt, EventCodec.encode(event).toRecord());
        record.headers().add("ce_spooled", receivedAt.plusSeconds(1).toString().getBytes(UTF_8));
        if (arrived || random.nextInt(3) == 0) {
            String attempt = receivedAt.plusSeconds(random.nextInt(90)).toString();
            record.headers().add("ce_lastattempt", attempt.getBytes(UTF_8));
        }
        return record;
    }

    private ProducerRecord<String, byte[]> anyEvent(Instant written) {
        Envelope<ArticleViewed> event = !events.isEmpty() && random.nextInt(8) == 0
                ? events.get(Math.max(0, events.size() - 1 - random.nextInt(100)))
                : event(seen(written));
        events.add(event);
        return EventCodec.encode(event).toRecord();
    }

    private ArticleViewed seen(Instant written) {
        Agent agent = switch (random.nextInt(15)) {
            case 0 -> Agent.BOT;
            case 1 -> Agent.AUTOMATED;
            default -> Agent.USER;
        };
        Instant at = written.minusMillis(random.nextInt(40_000));
        ArticleViewed view = view("article-" + random.nextInt(4), "visitor-" + random.nextInt(12), agent, at);
        return switch (random.nextInt(30)) {
            case 0 -> occurred(view, at.plusSeconds(3_600));
            case 1 -> occurred(view, at.minus(Duration.ofDays(3)));
            case 2, 3, 4, 5 -> occurred(view, at.minusSeconds(random.nextInt(60)));
            default -> view;
        };
    }

    private static ArticleViewed occurred(ArticleViewed view, Instant at) {
        return new ArticleViewed(
                view.articleId(),
                view.revision(),
                at,
                view.receivedAt(),
                view.visitorKey(),
                view.channel(),
                view.referrerHost(),
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                view.evidence());
    }

    private static ProducerRecord<String, byte[]> noEvent(Place place) {
        byte[] value = new byte[3];
        Arrays.fill(value, (byte) place.offset());
        return new ProducerRecord<>("news.views", "a", value);
    }

    private static ConsumerRecord<String, byte[]> arrived(
            int partition, Place place, Instant written, ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                "news.views",
                partition,
                place.offset(),
                written.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.of(place.epoch()));
    }
}

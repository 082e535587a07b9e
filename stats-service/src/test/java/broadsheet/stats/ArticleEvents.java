package broadsheet.stats;

import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.NewsEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An article of one category, and the records that say what happened to it. */
public record ArticleEvents(String topic, String articleId, String category, String title) {

    public ProducerRecord<String, byte[]> created() {
        return sent(new ArticleCreated(snapshot(1, Status.DRAFT)));
    }

    public ProducerRecord<String, byte[]> published() {
        return sent(new ArticlePublished(snapshot(2, Status.PUBLISHED)));
    }

    public ProducerRecord<String, byte[]> withdrawn() {
        return sent(new ArticleWithdrawn(snapshot(3, Status.WITHDRAWN)));
    }

    private ArticleSnapshot snapshot(long version, Status status) {
        return new ArticleSnapshot(
                articleId,
                version,
                status,
                articleId,
                "/news/" + category + "/" + articleId,
                title,
                null,
                null,
                new ArticleSnapshot.Section(category, category),
                List.of(),
                List.of(),
                List.of(),
                "en",
                null,
                Instant.now(),
                Instant.now());
    }

    private ProducerRecord<String, byte[]> sent(NewsEvent event) {
        var encoded =
                EventCodec.encode(Envelope.of("/test", Instant.now(), event)).toRecord();
        return new ProducerRecord<>(topic, null, encoded.key(), encoded.value(), encoded.headers());
    }
}

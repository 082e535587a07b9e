package broadsheet.article.hits;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.events.UnreadableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads all of {@code news.hits} in every instance: each is a group of its own that commits nothing and so begins at
 * the beginning.
 */
@Component
class HitsListener {

    private static final Logger log = LoggerFactory.getLogger(HitsListener.class);

    private final Hits hits;
    private final CatchUp catchUp;

    HitsListener(Hits hits, CatchUp catchUp) {
        this.hits = hits;
        this.catchUp = catchUp;
    }

    @KafkaListener(
            id = "article-hits",
            groupId = "article-service-hits-#{T(java.util.UUID).randomUUID()}",
            topics = Topics.HITS,
            containerFactory = "hitsListenerFactory")
    void on(ConsumerRecord<String, byte[]> record) {
        try {
            if (EventCodec.decode(record).event() instanceof ArticleHits announced) {
                hits.announced(announced);
            }
        } catch (UnreadableEventException e) {
            log.warn(
                    "{}-{}@{} is passed over: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
        catchUp.reached(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
}

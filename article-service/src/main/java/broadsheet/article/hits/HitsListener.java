package broadsheet.article.hits;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Reads all of {@code news.hits} in every instance. */
@Component
class HitsListener implements WholeTopicListener {

    private final Hits hits;

    HitsListener(Hits hits) {
        this.hits = hits;
    }

    @Override
    public void onBeginning(TopicBeginning beginning) {
        hits.beginAnew();
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            hits.erase(record.key());
        } else if (EventCodec.decode(record).event() instanceof ArticleHits total) {
            hits.keepNewest(total);
        }
    }

    @Override
    public void onCaughtUp() {
        hits.complete();
    }
}

package broadsheet.kafka;

import broadsheet.events.UnreadableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes what a {@link WholeTopicReader} reads. No two of its methods are called at the same time. */
public interface WholeTopicListener {

    /**
     * Reading begins: with the first contact with Kafka, and again where the topic was deleted and created anew or has
     * lost records that were already read. What came before is void: everything there is follows.
     */
    default void onBeginning(TopicBeginning beginning) {}

    /**
     * The next record, in the order of its partition. It must not block for long.
     *
     * @throws UnreadableEventException to skip the record with a warning; any other exception skips it with an error
     */
    void onRecord(ConsumerRecord<String, byte[]> record);

    /** The topic has been read to where it ended when reading began. */
    default void onCaughtUp() {}
}

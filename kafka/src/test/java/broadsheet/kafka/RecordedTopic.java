package broadsheet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import broadsheet.events.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records what a reader of a topic hands over; the text {@code unreadable} is no event. */
final class RecordedTopic implements WholeTopicListener {

    final List<TopicBeginning> beginnings = new CopyOnWriteArrayList<>();
    final List<String> values = new CopyOnWriteArrayList<>();
    final List<Integer> sizesWhenCaughtUp = new CopyOnWriteArrayList<>();

    @Override
    public void onBeginning(TopicBeginning beginning) {
        beginnings.add(beginning);
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        String value = new String(record.value(), UTF_8);
        if (value.equals("unreadable")) {
            EventCodec.decode(record);
        }
        if (value.equals("defect")) {
            throw new IllegalStateException("A listener with a defect");
        }
        values.add(value);
    }

    @Override
    public void onCaughtUp() {
        sizesWhenCaughtUp.add(values.size());
    }

    static void write(String bootstrapServers, String topic, String... values) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value, value.getBytes(UTF_8)))
                        .get(30, SECONDS);
            }
        }
    }

    static String[] numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }
}

package broadsheet.article.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/** A producer that answers each record as a test says, on a thread of its own as Kafka's does. */
final class KafkaStandIn extends MockProducer<String, byte[]> {

    static final int PARTITIONS = 4;
    private static final Node BROKER = new Node(1, "broker", 9092);

    final List<ProducerRecord<String, byte[]>> sent = new CopyOnWriteArrayList<>();
    final List<ProducerRecord<String, byte[]>> acknowledged = new CopyOnWriteArrayList<>();
    final Set<Integer> leaderless = ConcurrentHashMap.newKeySet();
    volatile Function<ProducerRecord<String, byte[]>, @Nullable Exception> answer = record -> null;
    volatile @Nullable RuntimeException refusal;
    private final ExecutorService network = Executors.newSingleThreadExecutor();

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        if (refusal != null) {
            throw refusal;
        }
        sent.add(record);
        network.execute(() -> {
            Exception e = answer.apply(record);
            if (e == null) {
                acknowledged.add(record);
            }
            callback.onCompletion(null, e);
        });
        return new CompletableFuture<>();
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(n -> new PartitionInfo(
                        Topics.VIEWS, n, leaderless.contains(n) ? null : BROKER, new Node[0], new Node[0]))
                .toList();
    }

    /** The CloudEvents extension headers of each record of that event that was sent, in order. */
    List<Map<String, String>> extensions(String eventId) {
        return sent.stream()
                .filter(record -> header(record, "ce_id").equals(eventId))
                .map(record -> {
                    Map<String, String> found = new TreeMap<>();
                    for (String name : List.of("ce_spooled", "ce_firstattempt", "ce_lastattempt")) {
                        if (record.headers().lastHeader(name) != null) {
                            found.put(name, header(record, name));
                        }
                    }
                    return found;
                })
                .toList();
    }

    static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close(Duration timeout) {
        network.shutdown();
    }
}

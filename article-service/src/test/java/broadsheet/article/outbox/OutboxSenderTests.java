package broadsheet.article.outbox;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.EncodedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import reactor.core.publisher.Flux;

class OutboxSenderTests {

    /** Else two dozen documents would keep all requests that need such a thread waiting with them. */
    @Test
    void whoWaitsForAKafkaThatIsAwayHasAThreadOfItsOwn() {
        var sender = new OutboxSender(new DefaultKafkaProducerFactory<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:1",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class)));
        var event = new EncodedEvent("news.articles", "a", Map.of("ce_id", "e"), "{}");
        var sending =
                Flux.range(0, 32).flatMap(number -> sender.send(event), 32).subscribe(sent -> {}, away -> {});
        try {
            await().until(() -> !waiting().isEmpty());
            assertThat(waiting()).allMatch(thread -> thread.startsWith("outbox"));
        } finally {
            sending.dispose();
            sender.destroy();
        }
    }

    private static List<String> waiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(KafkaProducer.class.getName())
                                && frame.getMethodName().equals("waitOnMetadata")))
                .map(thread -> thread.getKey().getName())
                .toList();
    }
}

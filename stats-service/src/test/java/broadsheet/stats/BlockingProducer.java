package broadsheet.stats;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.mockito.ArgumentMatchers;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A producer that waits for Kafka on the thread of its caller, and notes whether that is one that must not wait. */
public final class BlockingProducer {

    private final List<Boolean> heldUp = new ArrayList<>();

    @SuppressWarnings("unchecked")
    public final KafkaTemplate<String, byte[]> kafka = mock(KafkaTemplate.class);

    public BlockingProducer() {
        when(kafka.send(ArgumentMatchers.<ProducerRecord<String, byte[]>>any())).thenAnswer(send -> {
            heldUp.add(Schedulers.isInNonBlockingThread());
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Whether each of the records that are sent by this work, from an event loop, held one up. */
    public List<Boolean> heldUp(Mono<Void> work) {
        work.subscribeOn(Schedulers.parallel()).block();
        return heldUp;
    }
}

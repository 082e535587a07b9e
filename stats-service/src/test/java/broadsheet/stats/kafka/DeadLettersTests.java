package broadsheet.stats.kafka;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.BlockingProducer;
import broadsheet.stats.TestStatsProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

class DeadLettersTests {

    private final ConsumerRecord<String, byte[]> record =
            new ConsumerRecord<>("news.views", 0, 7L, "article", new byte[] {1});

    @Test
    void noEventLoopWaitsForKafka() {
        var producer = new BlockingProducer();

        assertThat(producer.heldUp(letters(producer.kafka).keep(List.of(new UnreadableRecord(record, "no view")))))
                .containsExactly(false);
    }

    /** Kafka answers each after some ms: of a batch that holds no event the last would come after the time limit. */
    @Test
    void noneWaitsForTheOneBefore() {
        @SuppressWarnings("unchecked")
        KafkaTemplate<String, byte[]> kafka = mock(KafkaTemplate.class);
        Queue<CompletableFuture<SendResult<String, byte[]>>> answers = new ConcurrentLinkedQueue<>();
        when(kafka.send(ArgumentMatchers.<ProducerRecord<String, byte[]>>any())).thenAnswer(send -> {
            var answer = new CompletableFuture<SendResult<String, byte[]>>();
            answers.add(answer);
            return answer;
        });
        var kept = letters(kafka)
                .keep(Collections.nCopies(100, new UnreadableRecord(record, "no view")))
                .toFuture();

        await().until(() -> answers.size() == 100);

        assertThat(kept).isNotDone();
        answers.forEach(answer -> answer.complete(null));
        assertThat(kept).succeedsWithin(Duration.ofSeconds(30));
    }

    private static DeadLetters letters(KafkaTemplate<String, byte[]> kafka) {
        return new DeadLetters(
                kafka, TestStatsProperties.defaults(), InstantSource.system(), new SimpleMeterRegistry());
    }
}

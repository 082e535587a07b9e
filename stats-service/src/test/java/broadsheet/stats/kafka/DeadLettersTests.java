package broadsheet.stats.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.BlockingProducer;
import broadsheet.stats.TestStatsProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTests {

    @Test
    void noEventLoopWaitsForKafka() {
        var producer = new BlockingProducer();
        var letters = new DeadLetters(
                producer.kafka, TestStatsProperties.defaults(), InstantSource.system(), new SimpleMeterRegistry());
        var record = new ConsumerRecord<>("news.views", 0, 7L, "article", new byte[] {1});

        assertThat(producer.heldUp(letters.keep(record, "no view"))).containsExactly(false);
    }
}

package broadsheet.stats.total;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.BlockingProducer;
import broadsheet.stats.TestStatsProperties;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HitsTopicTests {

    @Test
    void noEventLoopWaitsForKafka() {
        var producer = new BlockingProducer();
        var topic = new HitsTopic(producer.kafka, InstantSource.system(), TestStatsProperties.defaults());
        var total = new UnsentTotal("article", 3, 0, 1, 1, Instant.EPOCH, null, Map.of(), null);

        assertThat(producer.heldUp(topic.send(List.of(total, total), Map.of()))).containsExactly(false, false);
    }
}

package broadsheet.stats.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** How often fences kept something from being counted twice, by projection, in all generations together. */
@Component
public class FenceMetrics {

    private final MeterRegistry meters;

    public FenceMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Makes the meters of a projection, at 0. */
    void add(Projection projection) {
        fenced(projection);
        lostRaces(projection);
    }

    void fenced(Projection projection, long views) {
        fenced(projection).increment((double) views);
    }

    void lostRace(Projection projection) {
        lostRaces(projection).increment();
    }

    private Counter fenced(Projection projection) {
        return Counter.builder("broadsheet.stats.fenced")
                .description("Views that were read again and left out of documents that had counted them")
                .tag("projection", projection.collection())
                .register(meters);
    }

    private Counter lostRaces(Projection projection) {
        return Counter.builder("broadsheet.stats.lost.races")
                .description("Writes that were repeated because another writer came between")
                .tag("projection", projection.collection())
                .register(meters);
    }
}

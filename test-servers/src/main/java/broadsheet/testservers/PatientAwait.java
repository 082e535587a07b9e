package broadsheet.testservers;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Awaitility with a time limit that a busy machine keeps too. */
public final class PatientAwait {

    private PatientAwait() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
    }
}

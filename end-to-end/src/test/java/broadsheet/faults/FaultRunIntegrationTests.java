package broadsheet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the fault run; {@code end-to-end/survive-faults} is the long one. */
class FaultRunIntegrationTests {

    private static final Duration TIME = Duration.ofSeconds(45);
    private static final long SEED = 8;

    /** Services start anew on a machine that is busy with them: waits are for the long run to judge. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void eachViewIsCountedOnceWhateverFails(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        List<String> jvm = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        var settings = new FaultRun.Settings(TIME, SEED, 50, 200, PATIENCE, jvm, false, folder);
        assertThat(new FaultRun(settings, System.out).run()).isEmpty();
    }
}

package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The story on the whole system, a real process that is killed in the middle. */
class StoryIntegrationTests {

    private static final String PASSWORD = "the admin of one test run";

    @Test
    void aKilledSiteSaysTheSameWhenItIsBack(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        int port = StandaloneProcess.freePort();
        try (StandaloneProcess first = StandaloneProcess.start(folder, port, PASSWORD)) {
            assertThat(run("tell", port, folder)).as(() -> log(folder)).isZero();
            first.kill();
        }
        try (StandaloneProcess second = StandaloneProcess.start(folder, port, PASSWORD)) {
            assertThat(run("verify", port, folder)).as(() -> log(folder)).isZero();
            second.kill();
        }
    }

    private static int run(String command, int port, Path folder) throws Exception {
        String state = folder.resolve("story.json").toString();
        return StoryCommand.run(
                System.out, command, "http://localhost:" + port, "--password", PASSWORD, "--state", state, "--alone");
    }

    /** The end of what the process printed. */
    private static String log(Path folder) {
        try {
            String log = Files.readString(folder.resolve("standalone.log"));
            return log.substring(Math.max(0, log.length() - 4000));
        } catch (java.io.IOException e) {
            return "no log: " + e;
        }
    }
}

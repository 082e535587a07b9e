package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A start that fails by its settings is explained without a stack trace, and the process ends with 1; the other tests do not wait for it. */
@Execution(ExecutionMode.CONCURRENT)
class StartIntegrationTests {

    private static final String PASSWORD = "the admin of one test run";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            expectRefusal(
                    Map.of("BROADSHEET_PORT", Integer.toString(port)),
                    "Port " + port + " is in use.",
                    "BROADSHEET_PORT");
        }
    }

    @Test
    void whatIsNoPort() throws Exception {
        expectRefusal(Map.of("BROADSHEET_PORT", "70000"), "'70000' is not a port.", "BROADSHEET_PORT");
    }

    @Test
    void aFolderThatCannotBeMade() throws Exception {
        Path data = Files.createFile(folder.resolve("file")).resolve("data");
        expectRefusal(
                Map.of("BROADSHEET_DATA", data.toString()),
                "The data folder " + data + " cannot be created.",
                "BROADSHEET_DATA");
    }

    @Test
    void aStoreThatIsDamaged() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path store = Files.writeString(data.resolve("broadsheet.mv.db"), "no store ".repeat(5_000));
        expectRefusal(Map.of(), "The file " + store + " is damaged or not a store of this server.", "BROADSHEET_DATA");
    }

    @Test
    void aFolderThatAnotherProcessUses() throws Exception {
        int port = StandaloneProcess.freePort();
        try (StandaloneProcess first = StandaloneProcess.start(folder, port, PASSWORD)) {
            SiteClient site = SiteClient.at(URI.create("http://localhost:" + port));
            Readiness.await(new Steps(System.out), site);
            expectRefusal(Map.of(), "is in use by another process.", "BROADSHEET_DATA");
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void aPasswordThatIsTooShortIsNotShown() throws Exception {
        expectRefusal(
                Map.of("BROADSHEET_ADMIN_PASSWORD", "secret!"),
                "broadsheet.accounts.adminPassword must have 8 to 72 characters, or none",
                "BROADSHEET_ADMIN_PASSWORD");
        assertThat(Files.readString(log())).doesNotContain("secret!");
    }

    @Test
    void aPasswordThatIsEasyToGuess() throws Exception {
        expectRefusal(
                Map.of("BROADSHEET_ADMIN_PASSWORD", "password"),
                "BROADSHEET_ADMIN_PASSWORD is one of the most common passwords",
                "BROADSHEET_ADMIN_PASSWORD");
    }

    private void expectRefusal(Map<String, String> environment, String reason, String setting) throws Exception {
        Files.deleteIfExists(log());
        try (StandaloneProcess process =
                StandaloneProcess.start(folder, StandaloneProcess.freePort(), PASSWORD, environment)) {
            assertThat(process.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.process().exitValue()).isEqualTo(1);
        }
        assertThat(Files.readString(log()))
                .contains("APPLICATION FAILED TO START", reason, setting)
                .doesNotContain("\tat ", "Exception in thread");
    }

    private Path log() {
        return folder.resolve("standalone.log");
    }
}

package broadsheet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.standalone.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@StandaloneTest
class CommandsIntegrationTests {

    private final String url;

    CommandsIntegrationTests(@Autowired Environment environment) {
        this.url = "http://127.0.0.1:" + environment.getProperty("local.server.port");
    }

    @Test
    void whatIsImportedIsInTheExport(@TempDir Path folder) throws IOException {
        String id = UUID.randomUUID().toString();
        Path file = Files.writeString(
                folder.resolve("articles.ndjson"),
                "{\"id\":\"" + id + "\",\"title\":\"Imported\",\"body\":{\"format\":\"markdown\",\"text\":\"x\"}}\n");
        Path export = folder.resolve("export.ndjson");

        assertThat(run("import", file.toString(), "--dry-run")).isZero();
        assertThat(run("export", export.toString())).isZero();
        assertThat(export).content().doesNotContain(id);

        assertThat(run("import", file.toString())).isZero();
        assertThat(run("export", export.toString())).isZero();
        assertThat(export).content().contains(id);
    }

    @Test
    void theStatusSaysWhatWentWrong(@TempDir Path folder) throws IOException {
        Path refused = Files.writeString(folder.resolve("a.ndjson"), "{}\n");
        assertThat(run("import", refused.toString())).isEqualTo(1);
        assertThat(run("import", folder.resolve("missing.zip").toString())).isEqualTo(1);
        assertThat(run("import", Files.createFile(folder.resolve("a.pdf")).toString()))
                .isEqualTo(1);
        assertThat(Commands.run("import", refused.toString(), "--url", url, "--password", "wrong"))
                .isEqualTo(1);
        assertThat(run("import")).isEqualTo(2);
        assertThat(Commands.isOne("--server.port=0")).isFalse();
        assertThat(Commands.isOne()).isFalse();
    }

    private int run(String... command) {
        var whole = new String[command.length + 4];
        System.arraycopy(command, 0, whole, 0, command.length);
        whole[command.length] = "--url";
        whole[command.length + 1] = url;
        whole[command.length + 2] = "--password";
        whole[command.length + 3] = StandaloneTest.PASSWORD;
        return Commands.run(whole);
    }
}

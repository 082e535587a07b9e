package broadsheet.standalone.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes everything that the site has to a file, which an import takes back. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Exports all categories and articles as NDJSON.")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
final class ExportCommand implements Callable<Integer> {

    private static final int CHUNK = 1 << 16;

    @Parameters(paramLabel = "FILE", description = "such as articles.ndjson")
    private Path file;

    @Mixin
    private Site site;

    @Spec
    private CommandSpec spec;

    /** The file has its name once it is whole. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long lines = 0;
        PrintWriter progress = spec.commandLine().getErr();
        try (InputStream in = site.file(site.to("/api/exports/articles.ndjson"), BodyHandlers.ofInputStream());
                OutputStream out = Files.newOutputStream(part)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read != -1; read = in.read(chunk)) {
                out.write(chunk, 0, read);
                for (int n = 0; n < read; n++) {
                    lines += chunk[n] == '\n' ? 1 : 0;
                }
                progress.printf("\r%d lines", lines);
                progress.flush();
            }
        }
        progress.println();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        spec.commandLine().getOut().println(lines + " categories and articles are in " + file);
        return 0;
    }
}

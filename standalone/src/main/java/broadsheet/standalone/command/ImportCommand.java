package broadsheet.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Sends a file to import, and says how far that is until it has ended. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Imports articles: NDJSON as the export writes it, WordPress's XML, or a zip of Markdown files.")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
final class ImportCommand implements Callable<Integer> {

    private static final Set<String> ENDED = Set.of("done", "failed", "cancelled");
    private static final long LOOK_EVERY_MILLIS = 500;

    @Parameters(paramLabel = "FILE", description = "ends in .ndjson, .jsonl, .xml or .zip")
    private Path file;

    @Mixin
    private Site site;

    @Option(names = "--dry-run", description = "says what would become of each article, and writes nothing")
    private boolean dryRun;

    @Option(names = "--alerts", description = "tells subscribers of articles that are public with it")
    private boolean alerts;

    @Option(names = "--fetch-images", description = "fetches pictures of other sites and keeps them here")
    private boolean fetchImages;

    @Option(names = "--category", description = "the slug of the category of articles that name none; default: news")
    private @Nullable String category;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new IOException("There is no file " + file + " that can be read");
        }
        String query = "?dryRun=" + dryRun + "&alerts=" + alerts + "&fetchImages=" + fetchImages
                + (category == null ? "" : "&category=" + category);
        JsonNode job = site.json(
                site.to("/api/imports" + query).header("Content-Type", type()).POST(BodyPublishers.ofFile(file)));
        PrintWriter progress = spec.commandLine().getErr();
        String id = job.path("id").asString();
        while (!ENDED.contains(job.path("state").asString())) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            job = site.json(site.to("/api/imports/" + id));
            progress.printf(
                    "\r%s of %s", job.path("done").asLong(), job.path("total").asString("?"));
            progress.flush();
        }
        progress.println();
        return tell(job);
    }

    private int tell(JsonNode job) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d created, %d updated, %d unchanged, %d refused%s%n",
                job.path("state").asString(),
                job.path("created").asLong(),
                job.path("updated").asLong(),
                job.path("unchanged").asLong(),
                job.path("refusedCount").asLong(),
                dryRun ? " (nothing was written)" : "");
        job.path("refused")
                .forEach(refused -> out.println(refused.path("item").asString() + ": "
                        + refused.path("why").asString()));
        if (job.hasNonNull("failure")) {
            out.println(job.path("failure").asString());
        }
        boolean isWhole = job.path("state").asString().equals("done")
                && job.path("refusedCount").asLong() == 0;
        return isWhole ? 0 : 1;
    }

    private String type() throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return "application/x-ndjson";
        } else if (name.endsWith(".xml") || name.endsWith(".wxr")) {
            return "application/rss+xml";
        } else if (name.endsWith(".zip")) {
            return "application/zip";
        }
        throw new IOException("What " + file + " is can't be told: let it end in .ndjson, .xml or .zip");
    }
}

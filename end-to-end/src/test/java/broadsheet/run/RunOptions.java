package broadsheet.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of each run that starts processes of its own. */
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
public final class RunOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            description =
                    "repeats the order of kills and pauses that a run with it had; default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--folder", description = "of data and logs; default: a new one, which is kept")
    private @Nullable Path folder;

    @Option(
            names = "--jvm",
            defaultValue = "-Xmx256m",
            split = " ",
            description = "options of each JVM; default: ${DEFAULT-VALUE}")
    private List<String> jvm;

    public long seed() {
        return seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    }

    public Path folder() throws IOException {
        return folder == null ? Files.createTempDirectory(command.name()) : folder.toAbsolutePath();
    }

    public List<String> jvm() {
        return jvm;
    }
}

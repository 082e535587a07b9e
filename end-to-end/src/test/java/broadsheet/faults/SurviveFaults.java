package broadsheet.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the fault run. */
@Command(
        name = "survive-faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends views while article-service, two instances of stats-service, Kafka and MongoDB are killed and paused,",
            "then checks that each was counted once. Exits with 0 where nothing differs, with 1 where something does."
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
final class SurviveFaults implements Callable<Integer> {

    @Option(names = "--minutes", defaultValue = "10", description = "default: ${DEFAULT-VALUE}")
    private double minutes;

    @Option(
            names = "--seed",
            description = "repeats the order of faults that a run with it had; default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--rate", defaultValue = "500", description = "views a second; default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(names = "--articles", defaultValue = "200", description = "default: ${DEFAULT-VALUE}")
    private int articles;

    @Option(
            names = "--longest-wait",
            defaultValue = "5",
            description = "seconds that a request may wait while Kafka or MongoDB is paused; default: ${DEFAULT-VALUE}")
    private int longestWait;

    @Option(names = "--containers", description = "Kafka and MongoDB in containers; default: the embedded servers")
    private boolean containers;

    @Option(names = "--folder", description = "of data and logs; default: a new one, which is kept")
    private @Nullable Path folder;

    @Option(
            names = "--jvm",
            defaultValue = "-Xmx256m",
            split = " ",
            description = "options of each JVM; default: ${DEFAULT-VALUE}")
    private List<String> jvm;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SurviveFaults()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var settings = new FaultRun.Settings(
                Duration.ofMillis((long) (minutes * 60_000)),
                seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
                articles,
                rate,
                Duration.ofSeconds(longestWait),
                jvm,
                containers,
                folder == null ? Files.createTempDirectory("survive-faults") : folder.toAbsolutePath());
        return new FaultRun(settings, System.out).run().isEmpty() ? 0 : 1;
    }
}

package broadsheet.faults;

import broadsheet.run.RunOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private RunOptions run;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SurviveFaults()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var settings = new FaultRun.Settings(
                Duration.ofMillis((long) (minutes * 60_000)),
                run.seed(),
                articles,
                rate,
                Duration.ofSeconds(longestWait),
                run.jvm(),
                containers,
                run.folder());
        return new FaultRun(settings, System.out).run().isEmpty() ? 0 : 1;
    }
}

package broadsheet.kills;

import broadsheet.run.RunOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the kill run. */
@Command(
        name = "survive-kills",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends alerts to webhooks while one of two instances of notification-service after the other is killed,",
            "then checks that every subscriber got every event, if twice then by the same id, and that the ledger balances.",
            "Exits with 0 where all is right, with 1 where something is not."
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
final class SurviveKills implements Callable<Integer> {

    @Option(names = "--kills", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(names = "--subscriptions", defaultValue = "100", description = "default: ${DEFAULT-VALUE}, at most 200")
    private int subscriptions;

    @Option(
            names = "--every",
            defaultValue = "200",
            description = "milliseconds from event to event; default: ${DEFAULT-VALUE}")
    private int every;

    @Mixin
    private RunOptions run;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SurviveKills()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var settings = new KillRun.Settings(
                kills, run.seed(), subscriptions, Duration.ofMillis(every), run.jvm(), run.folder());
        return new KillRun(settings, System.out).run().isEmpty() ? 0 : 1;
    }
}

package broadsheet.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: tells the acceptance story to a site, verifies it after a restart, or measures its alerts. */
@Command(
        name = "tell-the-story",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Exits with 0 where all steps passed, 1 where one failed, 2 where the arguments are wrong.")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets the fields
public final class StoryCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "tell|verify|alerts",
            description = {
                "tell: publishes, reads and counts; writes what was told to the state file",
                "verify: after a restart, expects what the state file holds",
                "alerts: publishes a hundred articles and measures how long their events take to a subscriber"
            })
    private Task task;

    @Parameters(index = "1", paramLabel = "BASE_URL", description = "such as http://localhost:8080")
    private URI base;

    @Option(
            names = "--password",
            defaultValue = "${env:BROADSHEET_ADMIN_PASSWORD}",
            description = "the admin's; default: the environment's BROADSHEET_ADMIN_PASSWORD")
    private @Nullable String password;

    @Option(names = "--state", defaultValue = "story.json", description = "default: ${DEFAULT-VALUE}")
    private Path state;

    @Option(names = "--alone", description = "nobody else reads the site: the ledger must match exactly, not at least")
    private boolean alone;

    @Spec
    private CommandSpec spec;

    private final PrintStream out;

    private StoryCommand(PrintStream out) {
        this.out = out;
    }

    private enum Task {
        TELL,
        VERIFY,
        ALERTS
    }

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream out, String... args) {
        return new CommandLine(new StoryCommand(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(out, true, UTF_8))
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (password == null || password.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "The admin's password is missing");
        }
        if (!base.toString().matches("https?://.+")) {
            throw new ParameterException(spec.commandLine(), "A base URL begins with http:// or https://, not " + base);
        }
        Steps steps = new Steps(out);
        try {
            run(steps, SiteClient.at(base), password);
        } catch (Steps.Broken e) {
            out.println("the story can't go on");
        }
        return steps.end() ? 0 : 1;
    }

    private void run(Steps steps, SiteClient site, String adminPassword) throws IOException {
        switch (task) {
            case TELL ->
                new AcceptanceStory(steps, site, alone).tell(adminPassword).write(state);
            case ALERTS -> new AlertLatency(steps, site).measure(adminPassword);
            case VERIFY -> {
                StoryState told = steps.need("what was told is in " + state, () -> StoryState.read(state));
                new RestartVerification(steps, site, alone).verify(told, adminPassword);
            }
        }
    }
}

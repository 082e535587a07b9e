package broadsheet.standalone.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that the jar takes instead of starting the site. */
@Command(
        name = "broadsheet",
        subcommands = {ImportCommand.class, ExportCommand.class},
        mixinStandardHelpOptions = true,
        description = "Without a command it starts the site.")
public final class Commands {

    private static final List<String> NAMES = List.of("import", "export");

    private Commands() {}

    /** Whether these arguments are a command, and none for the site that is started. */
    public static boolean isOne(String... arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /** Its exit status: 0 where all was done, 1 where something was refused or failed, 2 where the arguments are wrong. */
    public static int run(String... arguments) {
        return new CommandLine(new Commands())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}

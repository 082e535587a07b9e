package broadsheet.story;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Tells the acceptance story to a site at any base URL, or verifies it after a restart, or measures its alerts. */
public final class Story {

    private static final String USAGE = """
            usage: tell-the-story tell|verify|alerts BASE_URL [--password PASSWORD] [--state FILE] [--alone]
              tell      publishes, reads and counts; writes what was told to the state file
              verify    after a restart: the site says the same as the state file
              alerts    publishes a hundred articles and says how long their events take to a subscriber
              --password  the admin's; default: the environment's BROADSHEET_ADMIN_PASSWORD
              --state     default: story.json
              --alone     nobody else reads the site: the ledger must match exactly, not at least
            """;

    private Story() {}

    public static void main(String[] args) throws IOException {
        System.exit(run(System.out, args));
    }

    /** The exit code: 0 all passed, 1 something failed, 2 the arguments are wrong. */
    static int run(PrintStream out, String... args) throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.of(List.of(args));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(USAGE);
            return 2;
        }
        Steps steps = new Steps(out);
        try {
            arguments.tellTo(steps);
        } catch (Steps.Broken e) {
            out.println("the story can't go on");
        }
        return steps.end() ? 0 : 1;
    }

    private record Arguments(String command, URI base, String password, Path state, boolean alone) {

        static Arguments of(List<String> args) {
            List<String> plain = new ArrayList<>();
            String password = System.getenv("BROADSHEET_ADMIN_PASSWORD");
            String state = "story.json";
            boolean alone = false;
            Iterator<String> rest = args.iterator();
            while (rest.hasNext()) {
                String arg = rest.next();
                switch (arg) {
                    case "--password" -> password = value(arg, rest);
                    case "--state" -> state = value(arg, rest);
                    case "--alone" -> alone = true;
                    default -> plain.add(arg);
                }
            }
            if (plain.size() != 2 || !List.of("tell", "verify", "alerts").contains(plain.get(0))) {
                throw new IllegalArgumentException("tell, verify or alerts, and the base URL, not " + plain);
            }
            if (!plain.get(1).matches("https?://.+")) {
                throw new IllegalArgumentException("a base URL begins with http:// or https://, not " + plain.get(1));
            }
            if (password == null || password.isEmpty()) {
                throw new IllegalArgumentException("the admin's password is missing");
            }
            return new Arguments(plain.get(0), URI.create(plain.get(1)), password, Path.of(state), alone);
        }

        private static String value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return rest.next();
        }

        void tellTo(Steps steps) throws IOException {
            Site site = Site.at(base);
            switch (command) {
                case "tell" -> new Telling(steps, site, alone).tell(password).write(state);
                case "alerts" -> new Alerts(steps, site).measure(password);
                default -> {
                    StoryState told = steps.need("what was told is in " + state, () -> StoryState.read(state));
                    new Verifying(steps, site, alone).verify(told, password);
                }
            }
        }
    }
}

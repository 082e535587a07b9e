package broadsheet.testservers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** Whether the servers of a test run are embedded or containers. */
public enum ServerKind {
    EMBEDDED,
    CONTAINERS;

    /** The name of the system property and of the environment variable that force a kind. */
    static final String SETTING = "BROADSHEET_TEST_SERVERS";

    static ServerKind chosen() {
        @Nullable String setting = System.getProperty(SETTING, System.getenv(SETTING));
        if (setting == null || setting.isBlank()) {
            return DockerClientFactory.instance().isDockerAvailable() ? CONTAINERS : EMBEDDED;
        }
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "embedded" -> EMBEDDED;
            case "containers" -> CONTAINERS;
            default ->
                throw new IllegalArgumentException(
                        "%s is \"%s\" but can only be embedded or containers".formatted(SETTING, setting));
        };
    }
}

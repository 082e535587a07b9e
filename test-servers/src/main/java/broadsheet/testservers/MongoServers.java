package broadsheet.testservers;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Both kinds of MongoDB server, for suites that must hold on each: the embedded one, and a container if there can be. */
public final class MongoServers {

    private MongoServers() {}

    /** Connection strings of that database, named after the kind of server. */
    public static Stream<Named<String>> uris(String database) {
        return Stream.of(ServerKind.values())
                .filter(kind -> kind == ServerKind.EMBEDDED || TestServers.kind() == ServerKind.CONTAINERS)
                .map(kind -> Named.of(kind.name().toLowerCase(Locale.ROOT), TestServers.mongoUri(kind, database)));
    }
}

package broadsheet.useragents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Lists of agents beside the tests. */
final class AgentLists {

    private AgentLists() {}

    static List<String> lines(String name) {
        var resource = Objects.requireNonNull(AgentLists.class.getResourceAsStream(name + ".txt"));
        try (var reader = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package broadsheet.stats.referrer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Search engines, social networks, assistants and mailboxes by the hosts of their pages, from {@code sources.csv}; a host's
 * longest known suffix decides.
 */
final class KnownSources {

    private static final Map<String, Source> BY_HOST = read();

    private KnownSources() {}

    /** @param host in lower case */
    static Optional<Source> of(String host) {
        for (String suffix = host; !suffix.isEmpty(); suffix = withoutFirstLabel(suffix)) {
            Source known = BY_HOST.get(suffix);
            if (known == null) {
                known = BY_HOST.get(withAnyCountry(suffix));
            }
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** {@code google.*} for {@code google.de} and {@code google.co.uk}. */
    private static String withAnyCountry(String host) {
        String[] labels = host.split("\\.", -1);
        boolean country =
                labels.length == 2 || (labels.length == 3 && labels[2].length() == 2 && labels[1].length() <= 3);
        return country ? labels[0] + ".*" : "";
    }

    private static String withoutFirstLabel(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? "" : host.substring(dot + 1);
    }

    private static Map<String, Source> read() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownSources.class.getResourceAsStream("sources.csv")), UTF_8))) {
            Map<String, Source> sources = new HashMap<>();
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 3))
                    .forEach(fields -> sources.put(
                            fields[0], new Source(fields[2], Channel.valueOf(fields[1].toUpperCase(Locale.ROOT)))));
            return Map.copyOf(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

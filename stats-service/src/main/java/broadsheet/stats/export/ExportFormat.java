package broadsheet.stats.export;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How rows are written. */
enum ExportFormat {
    /** RFC 4180, UTF-8. What a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
    CSV("text/csv;charset=UTF-8") {
        @Override
        String header() {
            return String.join(",", ExportRow.COLUMNS) + "\r\n";
        }

        @Override
        String write(ExportRow row, JsonMapper json) {
            return Stream.of(
                                    row.start().toString(),
                                    text(row.articleId()),
                                    text(row.title()),
                                    text(row.url()),
                                    text(row.category()),
                                    row.hits(),
                                    row.visitors(),
                                    row.bots(),
                                    row.automated(),
                                    row.doubleClicks())
                            .map(String::valueOf)
                            .collect(joining(","))
                    + "\r\n";
        }
    },
    NDJSON("application/x-ndjson") {
        @Override
        String header() {
            return "";
        }

        @Override
        String write(ExportRow row, JsonMapper json) {
            return json.writeValueAsString(row) + "\n";
        }
    };

    private static final String FORMULA = "=+-@\t\r";
    private static final String QUOTED = ",\"\r\n";

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract String header();

    abstract String write(ExportRow row, JsonMapper json);

    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String safe = FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

package broadsheet.stats.imports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lines of CSV (RFC 4180, without line ends in fields): {@code page,views[,date]}, or whatever columns a first line names,
 * as Plausible's exports of pages do.
 */
final class CsvLines implements ImportFormat {

    private static final Set<String> PAGES =
            Set.of("page", "name", "url", "path", "slug", "article", "articleid", "id");
    private static final Set<String> VIEWS = Set.of("pageviews", "views", "hits", "count");
    private static final Set<String> DATES = Set.of("date");

    private boolean first = true;
    private int page = 0;
    private int views = 1;
    private int date = 2;

    @Override
    public Optional<ImportedPage> read(String line) {
        List<String> fields = fields(first && line.startsWith("\uFEFF") ? line.substring(1) : line);
        if (first) {
            first = false;
            if (isHeader(fields)) {
                readHeader(fields);
                return Optional.empty();
            }
        }
        if (fields.size() <= Math.max(page, views)) {
            throw new IllegalArgumentException("the line has " + fields.size() + " fields, too few");
        }
        if (date >= 0 && date < fields.size()) {
            checkDate(fields.get(date).strip());
        }
        return Optional.of(new ImportedPage(fields.get(page).strip(), ImportedPage.views(fields.get(views))));
    }

    private static boolean isHeader(List<String> fields) {
        return fields.stream().map(CsvLines::name).anyMatch(name -> PAGES.contains(name) || VIEWS.contains(name));
    }

    private void readHeader(List<String> names) {
        page = column(names, PAGES);
        views = column(names, VIEWS);
        date = column(names, DATES);
        if (page < 0 || views < 0) {
            throw new UnknownColumnsException("The first line must name a column "
                    + String.join(", ", PAGES.stream().sorted().toList()) + " and one "
                    + String.join(", ", VIEWS.stream().sorted().toList()));
        }
    }

    private static int column(List<String> names, Set<String> known) {
        for (int i = 0; i < names.size(); i++) {
            if (known.contains(name(names.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    private static String name(String field) {
        return field.strip().toLowerCase(Locale.ROOT);
    }

    private static void checkDate(String text) {
        try {
            if (!text.isEmpty()) {
                LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the date must be like 2026-05-04", e);
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        fields.add(field.toString());
        return fields;
    }

    /** The whole file is of no use. */
    static final class UnknownColumnsException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnknownColumnsException(String message) {
            super(message);
        }
    }
}

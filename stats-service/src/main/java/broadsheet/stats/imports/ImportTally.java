package broadsheet.stats.imports;

import broadsheet.web.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Adds up the views of each page, and notes what is wrong with which line: the first hundred, and how many there are. */
final class ImportTally {

    static final int MAX_LINES = 1_000_000;
    static final int MAX_PAGES = 200_000;
    private static final int MAX_ERRORS = 100;

    private final ImportFormat format;
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final List<LineError> errors = new ArrayList<>();
    private long lines;
    private long refused;

    ImportTally(ImportFormat format) {
        this.format = format;
    }

    void add(String line) {
        lines++;
        if (lines > MAX_LINES) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "An import has " + MAX_LINES + " lines at most; send it in parts");
        }
        if (!line.isBlank()) {
            try {
                format.read(line).ifPresent(this::add);
            } catch (IllegalArgumentException e) {
                refuse(lines, String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(ImportedPage told) {
        Page page = pages.computeIfAbsent(told.page(), first -> new Page(lines));
        page.views = Math.min(ImportedPage.MAX_VIEWS, page.views + told.views());
        page.lines++;
        if (pages.size() > MAX_PAGES) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE, "An import has " + MAX_PAGES + " pages at most; send it in parts");
        }
    }

    /** Refuses all lines of a page. */
    void refusePage(Page page, String message) {
        refuse(page.firstLine, message);
        refused += page.lines - 1;
    }

    private void refuse(long line, String message) {
        refused++;
        if (errors.size() < MAX_ERRORS) {
            errors.add(new LineError(line, message));
        }
    }

    Map<String, Page> pages() {
        return pages;
    }

    List<LineError> errors() {
        return List.copyOf(errors);
    }

    long lines() {
        return lines;
    }

    long refused() {
        return refused;
    }

    /** @param line the first is 1 */
    record LineError(long line, String message) {}

    /** The views of a page, from all lines that name it. */
    static final class Page {

        private final long firstLine;
        private long views;
        private long lines;

        private Page(long firstLine) {
            this.firstLine = firstLine;
        }

        long views() {
            return views;
        }
    }
}

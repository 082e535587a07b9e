package broadsheet.article.revision;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a text became another one, word by word (Myers 1986, of lines first and then of the words in lines that differ); what
 * words are in a script without spaces, such as Chinese, ICU knows.
 */
final class TextDifference {

    /** Larger parts count as replaced whole: comparing takes as many steps as the sizes multiplied. */
    private static final long MAX_COMPARED = 25_000_000;

    enum Operation {
        @JsonProperty("equal")
        EQUAL,
        @JsonProperty("delete")
        DELETE,
        @JsonProperty("insert")
        INSERT
    }

    /** A piece of the earlier text that stayed or went, or of the later one that came. */
    record Piece(Operation operation, String text) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Operation operation;

    private TextDifference() {}

    /** The pieces in order: those that are equal or deleted make up the earlier text, equal and inserted ones the later. */
    static List<Piece> between(@Nullable String earlier, @Nullable String later) {
        var difference = new TextDifference();
        difference.compare(
                lines(earlier == null ? "" : earlier),
                lines(later == null ? "" : later),
                (deleted, inserted) -> difference.compare(words(deleted), words(inserted), difference::replaced));
        difference.end();
        return difference.pieces;
    }

    private interface Replaced {
        void by(String deleted, String inserted);
    }

    private void compare(List<String> earlier, List<String> later, Replaced replaced) {
        int start = 0;
        int shorter = Math.min(earlier.size(), later.size());
        while (start < shorter && earlier.get(start).equals(later.get(start))) {
            start++;
        }
        int same = 0;
        while (same < shorter - start
                && earlier.get(earlier.size() - 1 - same).equals(later.get(later.size() - 1 - same))) {
            same++;
        }
        add(Operation.EQUAL, joined(earlier, 0, start));
        compareMiddle(
                earlier.subList(start, earlier.size() - same), later.subList(start, later.size() - same), replaced);
        add(Operation.EQUAL, joined(earlier, earlier.size() - same, earlier.size()));
    }

    private void compareMiddle(List<String> earlier, List<String> later, Replaced replaced) {
        if (earlier.isEmpty() || later.isEmpty() || (long) earlier.size() * later.size() > MAX_COMPARED) {
            replaced(String.join("", earlier), String.join("", later));
            return;
        }
        int deletedFrom = 0;
        int at = 0;
        int insertedFrom = 0;
        int inserted = 0;
        for (Change change : new MyersDiffWithLinearSpace<String>().computeDiff(earlier, later, null)) {
            if (change.startOriginal > at) {
                replaced.by(joined(earlier, deletedFrom, at), joined(later, insertedFrom, inserted));
                add(Operation.EQUAL, joined(earlier, at, change.startOriginal));
                deletedFrom = change.startOriginal;
                insertedFrom = change.startRevised;
            }
            at = change.endOriginal;
            inserted = change.endRevised;
        }
        replaced.by(joined(earlier, deletedFrom, at), joined(later, insertedFrom, inserted));
        add(Operation.EQUAL, joined(earlier, at, earlier.size()));
    }

    private static String joined(List<String> parts, int from, int to) {
        return String.join("", parts.subList(from, to));
    }

    private void replaced(String deleted, String inserted) {
        add(Operation.DELETE, deleted);
        add(Operation.INSERT, inserted);
    }

    private void add(Operation next, String more) {
        if (more.isEmpty()) {
            return;
        }
        if (operation != next) {
            end();
            operation = next;
        }
        text.append(more);
    }

    private void end() {
        if (operation != null && !text.isEmpty()) {
            pieces.add(new Piece(operation, text.toString()));
        }
        text.setLength(0);
    }

    private static List<String> lines(String text) {
        return parts(text, BreakAt::lineEnds);
    }

    private static List<String> words(String text) {
        return parts(text, BreakAt::words);
    }

    private static List<String> parts(String text, Function<String, List<Integer>> breaks) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int end : breaks.apply(text)) {
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** Where parts of a text end. */
    private static final class BreakAt {

        static List<Integer> lineEnds(String text) {
            var ends = new ArrayList<Integer>();
            for (int end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', end) + 1) {
                ends.add(end);
            }
            if (ends.isEmpty() ? !text.isEmpty() : ends.get(ends.size() - 1) < text.length()) {
                ends.add(text.length());
            }
            return ends;
        }

        static List<Integer> words(String text) {
            BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);
            words.setText(text);
            var ends = new ArrayList<Integer>();
            words.first();
            for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
                ends.add(end);
            }
            return ends;
        }
    }
}

package broadsheet.story;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The named steps of a story, one printed line each, and how many passed and failed. */
final class Steps {

    private static final int MAX_REASON = 600;

    private final PrintStream out;
    private final Map<String, String> figures = new LinkedHashMap<>();
    private int passed;
    private int failed;

    Steps(PrintStream out) {
        this.out = out;
    }

    interface Action {
        void run() throws Exception;
    }

    interface Source<T> {
        T get() throws Exception;
    }

    /** The story can't go on: a step that others build on failed. */
    static final class Broken extends RuntimeException {
        Broken(Throwable cause) {
            super(cause);
        }
    }

    /** A step that nothing else needs: when it fails the story goes on. */
    @SuppressWarnings("UnusedException") // told by its line
    void step(String name, Action action) {
        try {
            need(name, () -> {
                action.run();
                return name;
            });
        } catch (Broken told) {
            if (told.getCause() instanceof InterruptedException) {
                throw told;
            }
        }
    }

    /** A step whose result the rest needs: when it fails the story ends with {@link Broken}. */
    <T> T need(String name, Source<T> source) {
        long start = System.nanoTime();
        try {
            T result = source.get();
            passed++;
            out.printf("ok  %s (%d ms)%n", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return result;
        } catch (Exception | AssertionError wrong) {
            failed++;
            out.printf("FAIL %s: %s%n", name, oneLine(wrong));
            throw new Broken(wrong);
        }
    }

    private static String oneLine(Throwable wrong) {
        String reason = wrong instanceof AssertionError ? String.valueOf(wrong.getMessage()) : wrong.toString();
        String line = reason.strip().replaceAll("\\s+", " ");
        return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "…" : line;
    }

    void figure(String name, String value) {
        figures.put(name, value);
    }

    Map<String, String> figures() {
        return figures;
    }

    /** Prints the figures and the line of counts; true when nothing failed. */
    boolean end() {
        figures.forEach((name, value) -> out.printf("    %s: %s%n", name, value));
        out.printf("%d passed, %d failed%n", passed, failed);
        return failed == 0;
    }
}

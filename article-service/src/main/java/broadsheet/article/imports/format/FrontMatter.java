package broadsheet.article.imports.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What stands above a Markdown file between two lines of {@code ---}, as plain values: YAML without tags that would make
 * anything else, without many aliases, and not deep.
 *
 * @param fields by their names in lower case
 * @param text what comes after it
 */
record FrontMatter(Map<String, Object> fields, String text) {

    private static final int MAX_LENGTH = 64_000;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 10;
    private static final String FENCE = "---";

    /** @throws IllegalArgumentException with what is wrong */
    static FrontMatter of(String file) {
        String[] first = file.split("\n", 2);
        if (first.length < 2 || !first[0].stripTrailing().equals(FENCE)) {
            throw new IllegalArgumentException("has no front matter in YAML: it begins with no line of ---");
        }
        int end = end(first[1]);
        if (end < 0) {
            throw new IllegalArgumentException("has no end of its front matter: no second line of ---");
        }
        String rest = first[1].substring(end);
        int text = rest.indexOf('\n');
        return new FrontMatter(fields(first[1].substring(0, end)), text < 0 ? "" : rest.substring(text + 1));
    }

    private static int end(String text) {
        for (int line = 0; line >= 0 && line < text.length() && line <= MAX_LENGTH; line = nextLine(text, line)) {
            int feed = text.indexOf('\n', line);
            String whole = text.substring(line, feed < 0 ? text.length() : feed).stripTrailing();
            if (whole.equals(FENCE) || whole.equals("...")) {
                return line;
            }
        }
        return -1;
    }

    private static int nextLine(String text, int line) {
        int feed = text.indexOf('\n', line);
        return feed < 0 ? -1 : feed + 1;
    }

    private static Map<String, Object> fields(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowRecursiveKeys(false);
        try {
            Object loaded = new Yaml(new SafeConstructor(options)).load(yaml);
            if (loaded == null) {
                return Map.of();
            }
            if (!(loaded instanceof Map<?, ?> fields)) {
                throw new IllegalArgumentException("has front matter that is no mapping of names to values");
            }
            var named = new HashMap<String, Object>();
            fields.forEach((name, value) -> {
                if (name != null && value != null) {
                    named.put(name.toString().toLowerCase(Locale.ROOT), value);
                }
            });
            return named;
        } catch (YAMLException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "has front matter that is no YAML: "
                            + Texts.cut(Texts.oneLine(String.valueOf(e.getMessage())), 200),
                    e);
        }
    }

    /** The first of these names that is there, with a dot before the name within a mapping. */
    private @Nullable Object first(String... names) {
        for (String name : names) {
            String[] path = name.split("\\.", 2);
            Object value = fields.get(path[0]);
            if (path.length == 2) {
                value = value instanceof Map<?, ?> inner ? inner.get(path[1]) : null;
            }
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Blank where there is none, or where it is no single value. */
    String text(String... names) {
        return scalar(first(names));
    }

    /** Never the text of a collection, which can hold itself. */
    private static String scalar(@Nullable Object value) {
        return value == null || value instanceof Collection || value instanceof Map
                ? ""
                : value.toString().strip();
    }

    /** Values of a list, or of a text: parted by commas, or else where Jekyll parts it, by spaces. */
    List<String> list(boolean bySpaces, String... names) {
        Object value = first(names);
        if (value instanceof Collection<?> all) {
            var texts = new ArrayList<String>();
            all.stream().filter(Objects::nonNull).limit(200).forEach(one -> texts.add(name(one)));
            return texts;
        }
        String text = value == null ? "" : name(value);
        if (text.isBlank()) {
            return List.of();
        }
        return List.of(text.contains(",") || !bySpaces ? text.split("\\s*,\\s*", -1) : text.split("\\s+", -1));
    }

    private static String name(Object value) {
        return scalar(value instanceof Map<?, ?> fields ? fields.get("name") : value);
    }

    /** Null where it is none of these. */
    @Nullable Boolean flag(String... names) {
        Object value = first(names);
        if (value instanceof Boolean flag) {
            return flag;
        }
        return value == null ? null : Boolean.valueOf("true".equalsIgnoreCase(scalar(value)));
    }

    /**
     * Null where there is none.
     *
     * @throws IllegalArgumentException where it is no time
     */
    @Nullable Instant time(String... names) {
        Object value = first(names);
        if (value instanceof Date date) {
            return date.toInstant();
        }
        String text = scalar(value);
        Instant time = text.isEmpty() ? null : Texts.time(text);
        if (time == null && value != null) {
            throw new IllegalArgumentException("has a date that is none: " + Texts.cut(Texts.oneLine(text), 50));
        }
        return time;
    }
}

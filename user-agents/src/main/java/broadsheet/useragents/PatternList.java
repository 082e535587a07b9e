package broadsheet.useragents;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleViewed.Agent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one list. Most are plain words: those are found by their first three letters in one pass over the text,
 * however many there are; only the others are tried one by one.
 */
final class PatternList {

    private static final int INDEXED = 3;

    private final boolean ignoreCase;
    private final Map<String, List<Word>> words = new HashMap<>();
    private final List<Expression> expressions = new ArrayList<>();

    private PatternList(String name, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        int order = 0;
        for (String line : lines(name)) {
            String[] parts = line.split("\t", 2);
            var rule = new Rule(order++, Agent.valueOf(parts[0].toUpperCase(Locale.ROOT)), name + ": " + parts[1]);
            add(rule, parts[1]);
        }
    }

    static PatternList caseSensitive(String name) {
        return new PatternList(name, false);
    }

    static PatternList ignoringCase(String name) {
        return new PatternList(name, true);
    }

    private void add(Rule rule, String pattern) {
        String word = plainWord(pattern);
        if (word != null && word.length() >= INDEXED) {
            String folded = ignoreCase ? word.toLowerCase(Locale.ROOT) : word;
            words.computeIfAbsent(folded.substring(0, INDEXED), none -> new ArrayList<>())
                    .add(new Word(rule, folded));
        } else {
            expressions.add(new Expression(rule, Pattern.compile(pattern, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)));
        }
    }

    /** The rule that stands first in the list of those that match. */
    Optional<Rule> firstMatch(String userAgent, StepLimit limit) {
        Rule first = firstWord(ignoreCase ? userAgent.toLowerCase(Locale.ROOT) : userAgent);
        for (Expression expression : expressions) {
            if (first != null && first.order() < expression.rule().order()) {
                return Optional.of(first);
            }
            if (expression.pattern().matcher(limit.on(userAgent)).find()) {
                return Optional.of(expression.rule());
            }
        }
        return Optional.ofNullable(first);
    }

    private @Nullable Rule firstWord(String text) {
        Rule first = null;
        for (int at = 0; at + INDEXED <= text.length(); at++) {
            for (Word word : words.getOrDefault(text.substring(at, at + INDEXED), List.of())) {
                if ((first == null || word.rule().order() < first.order()) && text.startsWith(word.text(), at)) {
                    first = word.rule();
                }
            }
        }
        return first;
    }

    /** What the pattern matches where it is nothing but a text, with or without escapes; else null. */
    private static @Nullable String plainWord(String pattern) {
        var word = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            boolean escaped = c == '\\' && at + 1 < pattern.length();
            char meant = escaped ? pattern.charAt(++at) : c;
            if (escaped ? Character.isLetterOrDigit(meant) : "\\^$.|?*+()[]{}".indexOf(c) >= 0) {
                return null;
            }
            word.append(meant);
        }
        return word.toString();
    }

    private static List<String> lines(String name) {
        var resource = Objects.requireNonNull(PatternList.class.getResourceAsStream(name + ".txt"), name);
        try (var reader = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pattern, and what it says of whoever it matches. */
    record Rule(int order, Agent agent, String name) {

        private static final int MAX_NAME = 100;

        Rule {
            name = name.substring(0, Math.min(name.length(), MAX_NAME));
        }
    }

    private record Word(Rule rule, String text) {}

    private record Expression(Rule rule, Pattern pattern) {}
}

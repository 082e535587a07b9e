package broadsheet.article.search;

import broadsheet.web.problem.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader typed to search for: words that must all be there, {@code "several words"} that stand together, and
 * {@code -words} that must not be there. Nothing else in it means anything, so that any text can be searched for.
 */
record SearchedWords(List<Part> parts) {

    static final int LONGEST = 200;
    private static final int MOST = 20;

    private static final Pattern PARTS =
            Pattern.compile("(?<not>[-−]?)(?:[\"“”„](?<together>[^\"“”„]*)[\"“”„]?" + "|(?<word>[^\\s\\p{Z}\"“”„]+))");

    /** Words between spaces, or in quotes; Chinese words have no spaces between them. */
    record Part(String text, boolean together, boolean excluded) {}

    /** @throws InvalidFieldException where it is too long, or nothing to search for */
    static SearchedWords parse(String q) {
        if (q.length() > LONGEST) {
            throw new InvalidFieldException("q", "must have at most " + LONGEST + " characters");
        }
        var parts = new ArrayList<Part>();
        Matcher part = PARTS.matcher(q);
        while (part.find()) {
            boolean together = part.group("together") != null;
            parts.add(new Part(
                    together ? part.group("together") : part.group("word"),
                    together,
                    !part.group("not").isEmpty()));
        }
        if (parts.size() > MOST) {
            throw new InvalidFieldException("q", "must have at most " + MOST + " words");
        }
        return new SearchedWords(List.copyOf(parts));
    }
}

package broadsheet.notification.event;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Terms to find filters by: a filter that matches an event has one of the event's terms. They come from the condition that
 * fewest articles meet: a word of each keyword, or two that stand together in it, or else each tag, each author, or each
 * category. They are stored with filters, so another choice here needs those made anew.
 */
public final class FilterIndexTerms {

    private static final String ANY = "*";
    private static final String KEYWORD = "k:";
    private static final String TAG = "t:";
    private static final String AUTHOR = "a:";
    private static final String CATEGORY = "c:";

    /** Withdrawals have terms of their own, since they are matched by category alone. */
    private static final String WITHDRAWN = "w:";

    /** A character of a script without spaces is about as rare as so many letters of others. */
    private static final int LETTERS_A_CHARACTER = 3;

    private FilterIndexTerms() {}

    /** Those to store with a filter. */
    public static Set<String> of(EventFilter filter) {
        var matcher = FilterMatcher.of(filter);
        var terms = new HashSet<String>();
        if (!filter.events().equals(Set.of(EventKind.WITHDRAWN))) {
            terms.addAll(rarest(matcher));
        }
        if (filter.wants(EventKind.WITHDRAWN)) {
            terms.addAll(prefixed(WITHDRAWN, categories(matcher)));
        }
        return terms;
    }

    /** Those to look for when an event comes. */
    public static Set<String> of(PublicEvent event) {
        NormalizedArticle article = event.terms();
        String category = CATEGORY + article.category();
        if (event.isWithdrawal()) {
            return Set.of(WITHDRAWN + ANY, WITHDRAWN + category);
        }
        var terms = new HashSet<>(Set.of(ANY, category));
        terms.addAll(prefixed(TAG, article.tags()));
        terms.addAll(prefixed(AUTHOR, article.authors()));
        article.text().lines().forEach(words -> terms.addAll(prefixed(KEYWORD, wordsAndPairs(words))));
        return terms;
    }

    private static Set<String> rarest(FilterMatcher filter) {
        if (!filter.phrases().isEmpty()) {
            return prefixed(
                    KEYWORD,
                    filter.phrases().stream().map(FilterIndexTerms::rarestOf).collect(toSet()));
        }
        if (!filter.tags().isEmpty()) {
            return prefixed(TAG, filter.tags());
        }
        return filter.authors().isEmpty() ? categories(filter) : prefixed(AUTHOR, filter.authors());
    }

    private static Set<String> categories(FilterMatcher filter) {
        return filter.categories().isEmpty() ? Set.of(ANY) : prefixed(CATEGORY, filter.categories());
    }

    private static String rarestOf(String phrase) {
        return wordsAndPairs(phrase).stream()
                .max(Comparator.comparingInt(FilterIndexTerms::rarity))
                .orElseThrow();
    }

    private static int rarity(String term) {
        return term.codePoints()
                .map(character -> WordSplitter.isCharacterOfItsOwn(character) ? LETTERS_A_CHARACTER : 1)
                .sum();
    }

    /** The words, and each two that stand together: few filters share those, so few are read in vain. */
    private static Set<String> wordsAndPairs(String spaced) {
        var terms = new HashSet<String>();
        String before = "";
        for (String word : WordSplitter.split(spaced)) {
            terms.add(word);
            if (!before.isEmpty()) {
                terms.add(before + (isCharacter(before) && isCharacter(word) ? "" : " ") + word);
            }
            before = word;
        }
        return terms;
    }

    private static boolean isCharacter(String word) {
        return WordSplitter.isCharacterOfItsOwn(word.codePointAt(0));
    }

    private static Set<String> prefixed(String prefix, Set<String> values) {
        return values.stream().map(value -> prefix + value).collect(toSet());
    }
}

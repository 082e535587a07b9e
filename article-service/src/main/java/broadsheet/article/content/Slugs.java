package broadsheet.article.content;

import com.ibm.icu.text.Transliterator;
import java.util.regex.Pattern;

/** Words as they stand in an address: lower-case ASCII letters, digits and single hyphens, from any script. */
public final class Slugs {

    public static final int MAX_LENGTH = 80;

    /** What a slug that someone chose must look like; bounded, since each repetition takes a frame of the stack. */
    public static final String PATTERN = "[a-z0-9]+(?:-[a-z0-9]+){0,39}";

    public static final String RULE = "must be lower-case letters, digits and single hyphens";

    private static final Transliterator TO_ASCII =
            Transliterator.getInstance("Any-Latin; Latin-ASCII; [:Nonspacing Mark:] Remove; Lower");
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]+");
    private static final Pattern APOSTROPHES = Pattern.compile("['’‘`ʹʼʿʾ]");
    private static final Pattern HYPHENS_AROUND = Pattern.compile("^-|-$");

    private Slugs() {}

    /** The slug of a text, cut between words; the fallback where the text has no letter or digit in it. */
    public static String of(String text, String fallback) {
        String ascii = APOSTROPHES.matcher(TO_ASCII.transliterate(text)).replaceAll("");
        String hyphenated = NEITHER_LETTER_NOR_DIGIT.matcher(ascii).replaceAll("-");
        String slug = cut(HYPHENS_AROUND.matcher(hyphenated).replaceAll(""), MAX_LENGTH);
        return slug.isEmpty() ? fallback : slug;
    }

    /** The slug with something behind it, no longer than any other. */
    public static String suffixed(String slug, String suffix) {
        return cut(slug, MAX_LENGTH - suffix.length() - 1) + "-" + suffix;
    }

    private static String cut(String slug, int length) {
        if (slug.length() <= length) {
            return slug;
        }
        int lastHyphen = slug.lastIndexOf('-', length);
        return slug.substring(0, lastHyphen > 0 ? lastHyphen : length);
    }
}

package broadsheet.notification.event;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text. Letter case and the width of letters do not matter, diacritics do. Where a script is written
 * without spaces, or with particles joined to words as in Korean, each character is a word of its own.
 */
final class WordSplitter {

    private static final int FIRST_OF_SUCH_SCRIPTS = 0x0E00;
    private static final int PROLONGED_SOUND = 0x30FC; // of both Japanese scripts, so Unicode puts it into neither
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private WordSplitter() {}

    static String normalized(String text) {
        return Normalizer.normalize(
                Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    /** The words with a space before, between and behind them, so that a text with a phrase contains it as it is. */
    static String spaced(String text) {
        var words = new StringBuilder(text.length() + 2).append(' ');
        normalized(text).codePoints().forEach(character -> append(words, character));
        separate(words);
        return words.toString();
    }

    /** The words of what {@link #spaced} made, in their order. */
    static List<String> split(String spaced) {
        return spaced.isBlank() ? List.of() : List.of(spaced.strip().split(" "));
    }

    static boolean isCharacterOfItsOwn(int character) {
        return character >= FIRST_OF_SUCH_SCRIPTS
                && (character == PROLONGED_SOUND || WITHOUT_SPACES.contains(UnicodeScript.of(character)));
    }

    private static void append(StringBuilder words, int character) {
        if (isCharacterOfItsOwn(character)) {
            separate(words);
            words.appendCodePoint(character).append(' ');
        } else if (Character.isLetterOrDigit(character) || (isMark(character) && !isSeparated(words))) {
            words.appendCodePoint(character);
        } else if (Character.getType(character) != Character.FORMAT) { // such as a soft hyphen within a word
            separate(words);
        }
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static void separate(StringBuilder words) {
        if (!isSeparated(words)) {
            words.append(' ');
        }
    }

    private static boolean isSeparated(StringBuilder words) {
        return words.charAt(words.length() - 1) == ' ';
    }
}

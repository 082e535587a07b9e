package broadsheet.benchmarks;

import java.util.Random;
import java.util.StringJoiner;

/** Texts of made-up words, of which few are common and most are rare, as in English and Chinese. */
final class SyntheticTexts {

    private static final int ENGLISH_WORDS = 50_000;
    private static final int CHINESE_WORDS = 20_000;
    private static final int FIRST_CHARACTER = 0x4E00;
    private static final int CHARACTERS = 3_000;
    private static final String[] SYLLABLES = {
        "ba", "ce", "di", "fo", "gu", "lan", "mer", "nis", "pol", "ter", "van", "so"
    };

    private final Random random;

    SyntheticTexts(long seed) {
        this.random = new Random(seed);
    }

    String english(int words) {
        var text = new StringJoiner(" ");
        for (int n = 1; n <= words; n++) {
            text.add(englishWord() + (n % 12 == 0 ? "." : ""));
        }
        return text.toString();
    }

    String chinese(int words) {
        var text = new StringBuilder();
        for (int n = 1; n <= words; n++) {
            text.append(chineseWord());
            if (n % 12 == 0) {
                text.append('。');
            }
        }
        return text.toString();
    }

    String englishWord() {
        int number = rank(ENGLISH_WORDS) + SYLLABLES.length;
        var word = new StringBuilder();
        for (int rest = number; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }

    /** Of two characters. */
    String chineseWord() {
        int number = rank(CHINESE_WORDS);
        return "" + (char) (FIRST_CHARACTER + number * 7 % CHARACTERS)
                + (char) (FIRST_CHARACTER + number * 13 % CHARACTERS);
    }

    /** By Zipf's law: the n-th word is about 1/n as frequent as the first. */
    private int rank(int words) {
        return (int) Math.exp(random.nextDouble() * Math.log(words)) - 1;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }
}

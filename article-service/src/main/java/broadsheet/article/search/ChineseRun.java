package broadsheet.article.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.cn.smart.hhmm.HHMMSegmenter;
import org.apache.lucene.analysis.cn.smart.hhmm.SegToken;

/** Chinese characters that stand together, and the words and pairs in them. */
final class ChineseRun {

    /** The segmenter is given so many characters at once. */
    private static final int SEGMENT = 256;

    private final HHMMSegmenter segmenter = new HHMMSegmenter();
    private final StringBuilder text = new StringBuilder();
    private int start;

    /** @param increment by how many places it stands after the one before: 0 or 1 */
    record Part(String text, int start, int end, int increment, String type) {}

    void begin(CharSequence first, int startOffset) {
        text.setLength(0);
        text.append(first);
        start = startOffset;
    }

    void add(CharSequence next) {
        text.append(next);
    }

    int length() {
        return text.length();
    }

    int end() {
        return start + text.length();
    }

    /** At each character a pair, and a word behind it where a longer one begins there; a pair can be a word itself. */
    List<Part> parts() {
        Map<Integer, Integer> words = words();
        var parts = new ArrayList<Part>();
        int next;
        for (int at = 0; at < text.length(); at = next) {
            next = text.offsetByCodePoints(at, 1);
            int pairEnd = next < text.length() ? text.offsetByCodePoints(next, 1) : next;
            int wordEnd = words.getOrDefault(at, next);
            parts.add(part(at, pairEnd, 1, typeOfPair(next, pairEnd, wordEnd)));
            if (wordEnd > pairEnd) {
                parts.add(part(at, wordEnd, 0, ChineseWordFilter.WORD));
            }
        }
        return parts;
    }

    private static String typeOfPair(int first, int pairEnd, int wordEnd) {
        if (first == pairEnd) {
            return ChineseWordFilter.LAST;
        }
        return wordEnd == pairEnd ? ChineseWordFilter.WORD : ChineseWordFilter.PAIR;
    }

    private Part part(int from, int to, int increment, String type) {
        return new Part(text.substring(from, to), start + from, start + to, increment, type);
    }

    /** The end of each word by where it begins. */
    private Map<Integer, Integer> words() {
        var words = new HashMap<Integer, Integer>();
        for (int from = 0; from < text.length(); from += SEGMENT) {
            String piece = text.substring(from, Math.min(text.length(), from + SEGMENT));
            if (piece.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                continue; // of rare characters, which its dictionary does not have
            }
            for (SegToken word : segmenter.process(piece)) {
                boolean isMarker = word.startOffset < 0 || word.endOffset > piece.length();
                if (!isMarker) {
                    words.put(from + word.startOffset, from + word.endOffset);
                }
            }
        }
        return words;
    }
}

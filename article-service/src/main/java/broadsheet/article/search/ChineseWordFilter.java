package broadsheet.article.search;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Makes words and pairs of the single Chinese characters that {@link StandardTokenizer} finds, and leaves all else as it
 * is. Both stand at the place of their first character: by the words it is found what a text is about, by the pairs any
 * part of it, however it was divided into words. Runs without any punctuation are cut after 4,096 characters.
 */
final class ChineseWordFilter extends TokenFilter {

    static final String WORD = "chinese word";
    static final String PAIR = "chinese pair";
    /** The last character of a run, with which no pair begins. */
    static final String LAST = "last chinese character";

    private static final String IDEOGRAPHIC = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.IDEOGRAPHIC];
    private static final int LONGEST_RUN = 4_096;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final ChineseRun run = new ChineseRun();
    private final Deque<ChineseRun.Part> parts = new ArrayDeque<>();
    private @Nullable State afterRun;

    ChineseWordFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (parts.isEmpty() && !nextOther()) {
            return false;
        }
        ChineseRun.Part part = parts.poll();
        if (part != null) {
            clearAttributes();
            term.append(part.text());
            offset.setOffset(part.start(), part.end());
            increment.setPositionIncrement(part.increment());
            type.setType(part.type());
        }
        return true;
    }

    /** Goes on to what is no Chinese character, or reads a whole run of those. */
    private boolean nextOther() throws IOException {
        if (afterRun != null) {
            restoreState(afterRun);
            afterRun = null;
        } else if (!input.incrementToken()) {
            return false;
        }
        if (IDEOGRAPHIC.equals(type.type())) {
            readRun();
            parts.addAll(run.parts());
        }
        return true;
    }

    private void readRun() throws IOException {
        run.begin(term, offset.startOffset());
        while (run.length() < LONGEST_RUN) {
            if (!input.incrementToken()) {
                return;
            }
            if (!IDEOGRAPHIC.equals(type.type()) || offset.startOffset() != run.end()) {
                break;
            }
            run.add(term);
            if (run.length() >= LONGEST_RUN) {
                return;
            }
        }
        afterRun = captureState();
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
        afterRun = null;
    }
}

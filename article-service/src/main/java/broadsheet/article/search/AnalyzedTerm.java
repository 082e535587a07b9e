package broadsheet.article.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/** A term as the index has it, of a text that is searched for. */
record AnalyzedTerm(String text, int position, int start, int end, Kind kind) {

    /** What a term is; of Chinese text a word of two characters is a pair as well. */
    enum Kind {
        CHINESE_WORD,
        CHINESE_PAIR,
        LAST_CHINESE_CHARACTER,
        OTHER_WORD;

        private static Kind of(String tokenType) {
            return switch (tokenType) {
                case ChineseWordFilter.WORD -> CHINESE_WORD;
                case ChineseWordFilter.PAIR -> CHINESE_PAIR;
                case ChineseWordFilter.LAST -> LAST_CHINESE_CHARACTER;
                default -> OTHER_WORD;
            };
        }
    }

    boolean isPair() {
        return (kind == Kind.CHINESE_WORD || kind == Kind.CHINESE_PAIR) && text.codePointCount(0, text.length()) == 2;
    }

    boolean isChinese() {
        return kind != Kind.OTHER_WORD;
    }

    static List<AnalyzedTerm> of(String text, Analyzer analyzer) {
        var terms = new ArrayList<AnalyzedTerm>();
        try (TokenStream tokens = analyzer.tokenStream(IndexField.BODY, text)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            var increment = tokens.addAttribute(PositionIncrementAttribute.class);
            var offset = tokens.addAttribute(OffsetAttribute.class);
            var type = tokens.addAttribute(TypeAttribute.class);
            int position = -1;
            tokens.reset();
            while (tokens.incrementToken()) {
                position += increment.getPositionIncrement();
                terms.add(new AnalyzedTerm(
                        term.toString(), position, offset.startOffset(), offset.endOffset(), Kind.of(type.type())));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the text lies in memory
        }
        return terms;
    }
}

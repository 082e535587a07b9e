package broadsheet.article.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * The terms of a text in any mixture of languages: Chinese by words and pairs of characters, English words by their stem,
 * others as they are, all without regard to case and accents.
 */
final class SearchAnalyzer extends Analyzer {

    /** The first Chinese text of a process waits until the dictionary is read: for seconds on a busy machine. */
    void readDictionary() {
        AnalyzedTerm.of("词典", this);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        var tokenizer = new StandardTokenizer();
        TokenStream words = new LowerCaseFilter(new EnglishPossessiveFilter(new ChineseWordFilter(tokenizer)));
        return new TokenStreamComponents(tokenizer, new PorterStemFilter(new ASCIIFoldingFilter(words)));
    }
}

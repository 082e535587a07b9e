package broadsheet.article.search;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;

/** Shows where the words of a query are in titles and bodies, by what the index knows of their places. */
final class Highlighter extends UnifiedHighlighter {

    private static final int LONGEST_TEXT = 200_000;
    private static final String[] FIELDS = {IndexField.TITLE, IndexField.BODY};
    private static final int[] PASSAGES = {1, 2};

    Highlighter(IndexSearcher searcher, Analyzer analyzer) {
        super(UnifiedHighlighter.builder(searcher, analyzer)
                .withMaxLength(LONGEST_TEXT)
                .withMaxNoHighlightPassages(0)
                .withFormatter(new MarkedPassages()));
    }

    @Override
    protected BreakIterator getBreakIterator(String field) {
        return field.equals(IndexField.TITLE)
                ? new WholeBreakIterator()
                : BreakIterator.getSentenceInstance(Locale.ROOT);
    }

    /** In the order of the documents. */
    Highlights[] of(Query query, ScoreDoc[] found) throws IOException {
        int[] documents =
                IntStream.range(0, found.length).map(n -> found[n].doc).toArray();
        Map<String, String[]> marked = highlightFields(FIELDS.clone(), query, documents, PASSAGES.clone());
        String[] titles = marked.getOrDefault(IndexField.TITLE, new String[found.length]);
        String[] bodies = marked.getOrDefault(IndexField.BODY, new String[found.length]);
        return IntStream.range(0, found.length)
                .mapToObj(n -> new Highlights(titles[n], bodies[n]))
                .toArray(Highlights[]::new);
    }
}

package broadsheet.article.search;

import broadsheet.article.search.IndexSearch.Hits;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;

/** Finds published articles that have tags of one, or words that it has and few others have. */
record RelatedQuery(Analyzer analyzer) {

    private static final float OF_A_TAG = 2;
    private static final int MOST_WORDS = 8;
    private static final int MOST_WORDS_READ = 1_000;
    private static final int COMMON_PERCENT = 2;
    private static final int ARTICLES_FOR_PERCENT = 1_000;

    Hits find(IndexSearcher searcher, String id, int limit) throws IOException {
        var itself = new TermQuery(new Term(IndexField.ID, id));
        TopDocs found = searcher.search(itself, 1);
        if (found.scoreDocs.length == 0) {
            return new Hits(List.of(), null);
        }
        Document article = searcher.storedFields().document(found.scoreDocs[0].doc);
        var query = new BooleanQuery.Builder()
                .add(IndexSearch.onlyPublic(), Occur.FILTER)
                .add(itself, Occur.MUST_NOT)
                .setMinimumNumberShouldMatch(1);
        for (String tag : article.getValues(IndexField.TAG)) {
            var tagged = new ConstantScoreQuery(new TermQuery(new Term(IndexField.TAG, tag)));
            query.add(new BoostQuery(tagged, OF_A_TAG), Occur.SHOULD);
        }
        query.add(alike(searcher).like(found.scoreDocs[0].doc), Occur.SHOULD);
        TopDocs alike = searcher.search(query.build(), limit);
        return new Hits(IndexSearch.hits(searcher, alike.scoreDocs, null), null);
    }

    private MoreLikeThis alike(IndexSearcher searcher) throws IOException {
        var alike = new MoreLikeThis(searcher.getIndexReader());
        alike.setAnalyzer(analyzer);
        alike.setFieldNames(new String[] {IndexField.TITLE, IndexField.BODY});
        alike.setMinTermFreq(1);
        alike.setMinDocFreq(2);
        alike.setMaxQueryTerms(MOST_WORDS);
        alike.setMaxNumTokensParsed(MOST_WORDS_READ);
        if (searcher.getIndexReader().numDocs() >= ARTICLES_FOR_PERCENT) {
            alike.setMaxDocFreqPct(COMMON_PERCENT);
        }
        return alike;
    }
}

package broadsheet.article.search;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * BM25 without what depends on the other documents, so that an article has the same score on each instance, and keeps it
 * while others are published: else the pages of a list by relevance would repeat some and miss others.
 */
final class StableSimilarity extends BM25Similarity {

    private static final float USUAL_LENGTH = 300;

    @Override
    protected float idf(long documentsWithTerm, long documents) {
        return 1;
    }

    @Override
    protected float avgFieldLength(CollectionStatistics field) {
        return USUAL_LENGTH;
    }
}

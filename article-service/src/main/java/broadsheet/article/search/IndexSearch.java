package broadsheet.article.search;

import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.ListedArticle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Finds the ids of a page's articles in one state of the index. */
record IndexSearch(Analyzer analyzer) {

    private static final int MOST_COUNTED = 1_000;
    private static final Set<String> READ = Set.of(IndexField.ID, IndexField.VERSION, IndexField.PUBLIC_VERSION);

    /** @param nextCursor null where there are no more */
    record Hits(List<Hit> hits, @Nullable String nextCursor) {}

    /** An article as the index had it. */
    record Hit(
            String id,
            long version,
            @Nullable Long publicVersion,
            @Nullable Highlights highlights) {

        static Hit of(Document document, @Nullable Highlights highlights) {
            var publicVersion = document.getField(IndexField.PUBLIC_VERSION);
            return new Hit(
                    document.get(IndexField.ID),
                    document.getField(IndexField.VERSION).numericValue().longValue(),
                    publicVersion == null ? null : publicVersion.numericValue().longValue(),
                    highlights);
        }

        /** Whether it was what the store has now, as far as whoever asks may see it. */
        boolean isOf(ListedArticle article, boolean forStaff) {
            return forStaff
                    ? version == article.version()
                    : publicVersion != null
                            && publicVersion == article.asPublished().version();
        }
    }

    Hits find(IndexSearcher searcher, ArticleSearch.Request request) throws IOException {
        Query words = request.q() == null ? null : new WordQueries(analyzer).of(request.q(), request.forStaff());
        var query = new BooleanQuery.Builder().add(words == null ? new MatchAllDocsQuery() : words, Occur.MUST);
        filters(request.filter(), request.forStaff()).forEach(filter -> query.add(filter, Occur.FILTER));
        FieldDoc after = request.cursor() == null
                ? null
                : SearchCursor.parse(request.sort(), request.cursor()).behind();
        var collectors = new TopFieldCollectorManager(
                request.sort().sort(request.forStaff()), request.limit() + 1, after, MOST_COUNTED);
        TopDocs found = searcher.search(query.build(), collectors);
        ScoreDoc[] shown = Arrays.copyOf(found.scoreDocs, Math.min(found.scoreDocs.length, request.limit()));
        Highlights[] highlights = words == null ? null : new Highlighter(searcher, analyzer).of(query.build(), shown);
        return new Hits(
                hits(searcher, shown, highlights),
                found.scoreDocs.length > request.limit()
                        ? SearchCursor.of(request.sort(), (FieldDoc) shown[shown.length - 1])
                                .toString()
                        : null);
    }

    static List<Hit> hits(IndexSearcher searcher, ScoreDoc[] found, Highlights @Nullable [] highlights)
            throws IOException {
        StoredFields fields = searcher.storedFields();
        var hits = new ArrayList<Hit>();
        for (int n = 0; n < found.length; n++) {
            hits.add(Hit.of(fields.document(found[n].doc, READ), highlights == null ? null : highlights[n]));
        }
        return hits;
    }

    private static List<Query> filters(ArticleFilter filter, boolean forStaff) {
        var filters = new ArrayList<Query>();
        if (!forStaff) {
            filters.add(onlyPublic());
        }
        addTerm(filters, IndexField.CATEGORY, filter.category());
        addTerm(filters, IndexField.TAG, filter.tag());
        addTerm(filters, IndexField.AUTHOR, filter.author());
        if (!filter.statuses().isEmpty()) {
            filters.add(new TermInSetQuery(
                    IndexField.STATUS,
                    filter.statuses().stream()
                            .map(status -> new BytesRef(IndexedArticle.name(status)))
                            .toList()));
        }
        if (filter.from() != null || filter.to() != null) {
            filters.add(LongPoint.newRangeQuery(
                    IndexField.LISTED,
                    filter.from() == null ? Long.MIN_VALUE : filter.from().toEpochMilli(),
                    filter.to() == null ? Long.MAX_VALUE : filter.to().toEpochMilli() - 1));
        }
        return filters;
    }

    private static void addTerm(List<Query> filters, String field, @Nullable String value) {
        if (value != null) {
            filters.add(new TermQuery(new Term(field, value)));
        }
    }

    static Query onlyPublic() {
        return new TermQuery(new Term(IndexField.PUBLIC, "true"));
    }
}

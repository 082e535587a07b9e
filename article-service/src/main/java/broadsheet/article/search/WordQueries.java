package broadsheet.article.search;

import broadsheet.article.search.SearchedWords.Part;
import broadsheet.web.problem.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * The query for words that were typed: each must be in one of the fields, best in the title. Chinese is found as it was
 * typed, or by all words in it.
 */
record WordQueries(Analyzer analyzer) {

    private static final Map<String, Float> FOR_READERS =
            Map.of(IndexField.TITLE, 4f, IndexField.INTRODUCTION, 2f, IndexField.BODY, 1f);
    private static final Map<String, Float> FOR_STAFF =
            Map.of(IndexField.TITLE, 4f, IndexField.INTRODUCTION, 2f, IndexField.BODY, 1f, IndexField.PROPOSED, 1f);
    /** What the other fields add to the best one. */
    private static final float OTHERS_ADD = 0.1f;

    /** @throws InvalidFieldException where nothing in it can be searched for */
    Query of(String q, boolean forStaff) {
        Map<String, Float> fields = forStaff ? FOR_STAFF : FOR_READERS;
        var all = new BooleanQuery.Builder();
        boolean any = false;
        for (Part part : SearchedWords.parse(q).parts()) {
            for (List<AnalyzedTerm> run : runs(part)) {
                all.add(inAnyField(fields, field -> query(field, run, part.together())), occur(part));
                any |= !part.excluded();
            }
        }
        if (!any) {
            throw new InvalidFieldException("q", "must have a word to search for");
        }
        return all.build();
    }

    private static Occur occur(Part part) {
        return part.excluded() ? Occur.MUST_NOT : Occur.MUST;
    }

    /** Of what stands together one; else each word for itself, and Chinese characters as far as they stand together. */
    private List<List<AnalyzedTerm>> runs(Part part) {
        var runs = new ArrayList<List<AnalyzedTerm>>();
        AnalyzedTerm before = null;
        for (AnalyzedTerm term : AnalyzedTerm.of(part.text(), analyzer)) {
            boolean goesOn = before != null
                    && (part.together()
                            || part.excluded()
                            || (before.isChinese() && term.isChinese() && term.start() <= before.end()));
            if (!goesOn) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(term);
            before = term;
        }
        return runs;
    }

    private static Query inAnyField(Map<String, Float> fields, Function<String, Query> query) {
        List<Query> queries = fields.entrySet().stream()
                .map(field -> (Query) new BoostQuery(query.apply(field.getKey()), field.getValue()))
                .toList();
        return new DisjunctionMaxQuery(queries, OTHERS_ADD);
    }

    private static Query query(String field, List<AnalyzedTerm> run, boolean together) {
        AnalyzedTerm first = run.get(0);
        if (run.size() == 1) {
            return first.isChinese()
                    ? new PrefixQuery(new Term(field, first.text())) // a single character, with which pairs begin
                    : new TermQuery(new Term(field, first.text()));
        }
        Query asTyped = asTyped(field, run);
        List<AnalyzedTerm> words = run.stream()
                .filter(term -> term.kind() == AnalyzedTerm.Kind.CHINESE_WORD)
                .toList();
        if (together || !first.isChinese() || words.size() < 2) {
            return asTyped;
        }
        return new BooleanQuery.Builder()
                .add(asTyped, Occur.SHOULD)
                .add(all(words.stream().map(word -> new TermQuery(new Term(field, word.text())))), Occur.SHOULD)
                .build();
    }

    /** The terms one after the other; the last character of a Chinese run is in the pair before it. */
    private static Query asTyped(String field, List<AnalyzedTerm> run) {
        List<AnalyzedTerm> terms =
                run.stream().filter(term -> term.isPair() || !term.isChinese()).toList();
        if (terms.isEmpty()) { // single characters, with something between them
            return all(run.stream().map(term -> new PrefixQuery(new Term(field, term.text()))));
        }
        var phrase = new PhraseQuery.Builder();
        int first = terms.get(0).position();
        terms.forEach(term -> phrase.add(new Term(field, term.text()), term.position() - first));
        return phrase.build();
    }

    private static Query all(Stream<? extends Query> queries) {
        var all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, Occur.MUST));
        return all.build();
    }
}

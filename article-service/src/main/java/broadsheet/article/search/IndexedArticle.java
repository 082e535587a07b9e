package broadsheet.article.search;

import static org.apache.lucene.document.Field.Store.NO;
import static org.apache.lucene.document.Field.Store.YES;

import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Correction;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jsoup.Jsoup;

/** What the index has of an article: of a proposed correction only what staff searches. */
final class IndexedArticle {

    /** Kept, with the places of its words: what was found is shown. */
    private static final FieldType SHOWN = shown();

    private IndexedArticle() {}

    static Document of(Article article) {
        var document = new Document();
        document.add(new StringField(IndexField.ID, article.id(), YES));
        document.add(new SortedDocValuesField(IndexField.ID, new BytesRef(article.id())));
        document.add(new StoredField(IndexField.VERSION, article.version()));
        addStates(document, article);
        addTime(document, IndexField.LISTED, article.dates().listed());
        addTime(document, IndexField.UPDATED, article.dates().updated());
        addTime(
                document,
                IndexField.UPDATED_FOR_READERS,
                article.dates().asPublished().updated());
        document.add(new StringField(IndexField.AUTHOR, article.author().displayName(), NO));
        addContent(document, article);
        return document;
    }

    private static void addStates(Document document, Article article) {
        document.add(new StringField(IndexField.STATUS, name(article.status()), NO));
        if (article.isPublic()) {
            document.add(new StringField(IndexField.PUBLIC, "true", NO));
        }
        if (article.publicVersion() != null) {
            document.add(new StoredField(IndexField.PUBLIC_VERSION, article.publicVersion()));
        }
        Correction correction = article.correction();
        if (correction != null) {
            document.add(
                    new StringField(IndexField.STATUS, name(correction.stage().status()), NO));
            document.add(new TextField(IndexField.PROPOSED, everything(correction.content()), NO));
        }
    }

    private static void addContent(Document document, Article article) {
        Content content = article.content();
        document.add(new StringField(IndexField.CATEGORY, content.category().slug(), NO));
        content.tags().forEach(tag -> document.add(new StringField(IndexField.TAG, tag, YES)));
        document.add(new SortedDocValuesField(IndexField.TITLE_ORDER, TitleOrder.key(content.title())));
        document.add(new Field(IndexField.TITLE, content.title(), SHOWN));
        document.add(new TextField(
                IndexField.INTRODUCTION,
                introduction(content).add(article.author().displayName()).toString(),
                NO));
        document.add(new Field(IndexField.BODY, text(content), SHOWN));
    }

    static String name(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static void addTime(Document document, String field, Instant time) {
        document.add(new LongPoint(field, time.toEpochMilli()));
        document.add(new NumericDocValuesField(field, time.toEpochMilli()));
    }

    private static StringJoiner introduction(Content content) {
        var texts = new StringJoiner("\n");
        if (content.subtitle() != null) {
            texts.add(content.subtitle());
        }
        if (content.summary() != null) {
            texts.add(content.summary());
        }
        content.tags().forEach(texts::add);
        content.credits().stream().map(Credit::name).forEach(texts::add);
        return texts;
    }

    private static String everything(Content content) {
        return introduction(content).add(content.title()).add(text(content)).toString();
    }

    private static String text(Content content) {
        return Jsoup.parseBodyFragment(content.body().html()).text();
    }

    private static FieldType shown() {
        var type = new FieldType(TextField.TYPE_STORED);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }
}

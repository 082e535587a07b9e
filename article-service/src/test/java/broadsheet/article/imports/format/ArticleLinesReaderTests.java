package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.content.Body;
import broadsheet.article.exports.ArticleLine;
import broadsheet.article.exports.ArticleLine.CategoryName;
import broadsheet.article.imports.format.ImportItem.Refused;
import broadsheet.events.ArticleSnapshot.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleLinesReaderTests {

    @Test
    void eachLineIsAnArticleOrACategory() throws IOException {
        var read = read("""
                {"kind":"category","slug":"campus","name":"Campus","parent":"news"}

                {"title":"One","body":{"format":"markdown","text":"*Yes*"},"category":"campus","status":"published",\
                "publishedAt":"2015-01-02T03:04:05Z","tags":["a"]}
                {"id":"0199f3a0-5c1e","title":"Two","body":{"format":"html","text":"<p>x</p>","html":"<p>x</p>"},\
                "category":{"slug":"campus","name":"Campus"},"url":"/news/campus/two","hits":7,"authors":["A"]}""");
        assertThat(read.categories()).containsExactly("campus < news");
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("One", "Two");
        ArticleLine one = read.articles().get(0);
        assertThat(one.status()).isEqualTo(Status.PUBLISHED);
        assertThat(one.body()).isEqualTo(new ArticleLine.BodyLine(Body.Format.MARKDOWN, "*Yes*"));
        assertThat(one.publishedAt()).isEqualTo(Instant.parse("2015-01-02T03:04:05Z"));
        assertThat(read.articles())
                .extracting(ArticleLine::category)
                .containsExactly(new CategoryName("campus", null), new CategoryName("campus", "Campus"));
        assertThat(read.items()).extracting(ImportItem::item).containsExactly("line 1", "line 3", "line 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"title":"x"                     | body is not well-formed JSON (line 1, column 13)
            ["x"]                            | body has the wrong type
            null                             | is no JSON object
            {"title":7}                      | title has the wrong type
            {"titel":"x"}                    | titel is not a field of this call
            {"status":"gone"}                | status must be one of draft, in_review, approved, scheduled, published, corrected, withdrawn
            {"publishedAt":"yesterday"}      | publishedAt is not a time, such as 2026-01-31T12:00:00Z
            {"body":{"format":"rtf"}}        | body.format must be one of markdown, html
            {"category":7}                   | category must be a slug, or an object with slug and name
            {"category":{"slug":["$ne"]}}    | category has a slug that is no text
            {"tags":{"$ne":1}}               | tags has the wrong type
            {"kind":"category","position":{}}| position has the wrong type
            {"title":"x"} {"title":"y"}      | body has the wrong type
            """)
    void aLineThatIsNoneIsRefusedByItsNumber(String line, String why) throws IOException {
        var read = read("{\"title\":\"before\"}\n" + line + "\n{\"title\":\"after\"}");
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("before", "after");
        assertThat(read.refused()).containsExactly(new Refused("line 2", why));
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndNotKept() throws IOException {
        var file = new ByteArrayOutputStream();
        file.writeBytes("{\"title\":\"".getBytes(UTF_8));
        file.writeBytes(new byte[5 << 20]);
        file.writeBytes("\"}\n{\"title\":\"after\"}\n".getBytes(UTF_8));
        var read = ReadFile.of(ImportFormat.NDJSON, file.toByteArray());
        assertThat(read.refused()).containsExactly(new Refused("line 1", "is longer than 4194304 bytes"));
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("after");
    }

    @Test
    void aMarkAtTheBeginningAndBytesThatAreNoTextEndNothing() throws IOException {
        var file = new ByteArrayOutputStream();
        file.writeBytes("\uFEFF{\"title\":\"x\"}\r\n{\"title\":\"".getBytes(UTF_8));
        file.write(0xC3);
        file.writeBytes("\"}\n{\"title\":\"after\"}".getBytes(UTF_8));
        var read = ReadFile.of(ImportFormat.NDJSON, file.toByteArray());
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("x", "after");
        assertThat(read.refused()).extracting(Refused::item).containsExactly("line 2");
    }

    private static ReadFile read(String content) throws IOException {
        return ReadFile.of(ImportFormat.NDJSON, content);
    }
}

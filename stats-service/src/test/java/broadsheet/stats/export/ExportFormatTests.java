package broadsheet.stats.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ExportFormatTests {

    private static final Instant START = Instant.parse("2026-05-04T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "=HYPERLINK(\"http://evil\") | \"'=HYPERLINK(\"\"http://evil\"\")\"",
                "+1 | '+1",
                "-1 | '-1",
                "@SUM(A1) | '@SUM(A1)",
                "a, b | \"a, b\"",
                "a \"b\" | \"a \"\"b\"\"\"",
                "开放日 | 开放日"
            })
    void whatASpreadsheetWouldRunIsText(String title, String field) {
        assertThat(ExportFormat.text(title)).isEqualTo(field);
    }

    @Test
    void lineEndsAreQuotedAndTabsAreNoFormula() {
        assertThat(ExportFormat.text("a\r\nb")).isEqualTo("\"a\r\nb\"");
        assertThat(ExportFormat.text("\t=1")).isEqualTo("'\t=1");
        assertThat(ExportFormat.text(null)).isEmpty();
    }

    @Test
    void aRowHasAFieldForEachColumn() {
        var row = new ExportRow(START, "a", "Open day", "/news/campus/open-day", "campus", 7, 5, 2, 1, 3);

        assertThat(ExportFormat.CSV.header())
                .isEqualTo("start,articleId,title,url,category,hits,visitors,bots,automated,doubleClicks\r\n");
        assertThat(ExportFormat.CSV.write(row, JsonMapper.shared()))
                .isEqualTo("2026-05-04T00:00:00Z,a,Open day,/news/campus/open-day,campus,7,5,2,1,3\r\n");
        assertThat(ExportFormat.NDJSON.write(row, JsonMapper.shared()))
                .startsWith("{\"start\":\"2026-05-04T00:00:00Z\",\"articleId\":\"a\"")
                .endsWith("}\n");
    }
}

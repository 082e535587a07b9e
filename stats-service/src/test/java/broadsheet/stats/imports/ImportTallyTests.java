package broadsheet.stats.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.stats.imports.CsvLines.UnknownColumnsException;
import broadsheet.stats.imports.ImportTally.LineError;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ImportTallyTests {

    @Test
    void aWordPressCounterHasNoHeader() {
        ImportTally tally = csv("open-day,1200,2024-05-01", "https://old.example/2024/05/exams/,7");

        assertThat(views(tally)).isEqualTo(Map.of("open-day", 1200L, "https://old.example/2024/05/exams/", 7L));
        assertThat(tally.errors()).isEmpty();
    }

    @Test
    void plausibleNamesItsColumnsAndHasALineADay() {
        ImportTally tally = csv(
                "\uFEFF\"date\",\"hostname\",\"page\",\"visitors\",\"pageviews\"",
                "\"2024-05-01\",\"old.example\",\"/news/open-day\",\"3\",\"5\"",
                "\"2024-05-02\",\"old.example\",\"/news/open-day\",\"2\",\"4\"",
                "\"2024-05-02\",\"old.example\",\"/a \"\"quoted\"\", page\",\"2\",\"1\"");

        assertThat(views(tally)).isEqualTo(Map.of("/news/open-day", 9L, "/a \"quoted\", page", 1L));
        assertThat(views(csv("name,visitors,pageviews", "/x,1,2"))).isEqualTo(Map.of("/x", 2L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,many | views must be a whole number",
                "a,-1 | views must be between 0 and 1000000000000",
                "a,1.5 | views must be a whole number",
                "a,99999999999999999999 | views must be a whole number",
                "a,1,yesterday | the date must be like 2026-05-04",
                "a | the line has 1 fields, too few",
                "'\"a,1' | a quote is not closed",
                "',1' | the page must have 1 to 2000 characters"
            })
    void aLineThatIsWrongIsNamedAndTheOthersAreTaken(String line, String message) {
        ImportTally tally = csv("good,1", line, "good,2");

        assertThat(tally.errors()).containsExactly(new LineError(2, message));
        assertThat(views(tally)).isEqualTo(Map.of("good", 3L));
        assertThat(tally.refused()).isEqualTo(1);
    }

    @Test
    void aFileWhoseColumnsNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> csv("page,bounce_rate", "a,1"))
                .isInstanceOf(UnknownColumnsException.class)
                .hasMessageContaining("pageviews");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"page\": 7, \"views\": 1} | page is missing or no text",
                "{\"page\": \"a\"} | views is missing or no whole number",
                "{\"page\": \"a\", \"views\": \"1\"} | views is missing or no whole number",
                "{\"page\": \"a\", \"views\": 1.5} | views is missing or no whole number",
                "[] | page is missing or no text",
                "{ | the line is no JSON"
            })
    void aLineOfJsonThatIsWrongIsNamed(String line, String message) {
        var tally = new ImportTally(new NdjsonLines(JsonMapper.shared()));
        tally.add(line);
        tally.add("{\"page\": \"a\", \"views\": 2, \"more\": true}");

        assertThat(tally.errors()).containsExactly(new LineError(1, message));
        assertThat(views(tally)).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void noMoreThanAHundredErrorsAreKept() {
        var tally = new ImportTally(new CsvLines());
        for (int i = 0; i < 1000; i++) {
            tally.add("a,b");
        }
        assertThat(tally.errors()).hasSize(100);
        assertThat(tally.refused()).isEqualTo(1000);
    }

    private static ImportTally csv(String... lines) {
        var tally = new ImportTally(new CsvLines());
        for (String line : lines) {
            tally.add(line);
        }
        return tally;
    }

    private static Map<String, Long> views(ImportTally tally) {
        return tally.pages().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, page -> page.getValue().views()));
    }
}

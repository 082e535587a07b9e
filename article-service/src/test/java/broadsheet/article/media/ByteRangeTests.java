package broadsheet.article.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class ByteRangeTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0    | 0 | 1",
                "bytes=0-99   | 0 | 100",
                "bytes=5-     | 5 | 95",
                "bytes=90-500 | 90 | 10",
                "bytes=-10    | 90 | 10",
                "bytes=-500   | 0 | 100",
                "bytes=4-2    | 0 | 100",
                "bytes=x      | 0 | 100",
                "bytes=       | 0 | 100",
                "bytes=0-1,4-5 | 0 | 100",
                "bytes=0-99999999999999999999 | 0 | 100"
            })
    void aPartIsTheOneThatIsAskedForOrAll(String range, long first, long count) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RANGE, range);
        assertThat(ByteRange.asked(headers, "\"tag\"", 100)).isEqualTo(new ByteRange(first, count, 100));
    }

    @Test
    void behindTheEndThereIsNothing() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RANGE, "bytes=100-");
        assertThatThrownBy(() -> ByteRange.asked(headers, "\"tag\"", 100))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.getStatusCode().value()).isEqualTo(416));
        headers.set(HttpHeaders.IF_RANGE, "\"another\"");
        assertThat(ByteRange.asked(headers, "\"tag\"", 100).isPart()).isFalse();
    }
}

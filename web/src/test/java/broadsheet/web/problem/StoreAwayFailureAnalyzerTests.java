package broadsheet.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContextException;
import org.springframework.dao.DataAccessResourceFailureException;

class StoreAwayFailureAnalyzerTests {

    @Test
    void aStartWithoutMongoDbSaysWhatToDo() {
        var failure = new ApplicationContextException(
                "Failed to start bean", new DataAccessResourceFailureException("Timed out after 5000 ms"));
        assertThat(new StoreAwayFailureAnalyzer().analyze(failure)).satisfies(analysis -> {
            assertThat(analysis.getDescription()).contains("store does not answer", "Timed out");
            assertThat(analysis.getAction()).contains("BROADSHEET_MONGODB_URI");
        });
    }
}

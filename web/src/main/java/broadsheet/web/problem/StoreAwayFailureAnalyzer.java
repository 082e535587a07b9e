package broadsheet.web.problem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.dao.DataAccessException;

/** Explains a start that failed because MongoDB is away, which a service needs to start, or hangs. */
final class StoreAwayFailureAnalyzer extends AbstractFailureAnalyzer<DataAccessException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DataAccessException away) {
        return new FailureAnalysis(
                "The store does not answer: " + away.getMessage(),
                "Start MongoDB, or change BROADSHEET_MONGODB_URI.",
                away);
    }
}

package broadsheet.web.problem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because a setting breaks a rule that requests keep as well, such as that of passwords. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFieldException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidFieldException invalid) {
        return new FailureAnalysis(String.valueOf(invalid.getBody().getDetail()), "Change this setting.", invalid);
    }
}

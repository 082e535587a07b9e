package broadsheet.standalone;

import broadsheet.embedded.EmbeddedServerException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line why there is no start, where the reason is one that whoever starts it can mend. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneLineReporter implements SpringBootExceptionReporter {

    OneLineReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        if (failure instanceof CannotStartException || failure instanceof EmbeddedServerException) {
            System.err.println("Broadsheet cannot start: " + failure.getMessage());
            return true;
        }
        return false;
    }
}

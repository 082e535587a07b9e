package broadsheet.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class AuditEntryTests {

    private final Logger trail = (Logger) LoggerFactory.getLogger("broadsheet.audit");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        trail.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        trail.detachAppender(logged);
    }

    @Test
    void anEntryIsPairsAndText() {
        AuditEntry.of("signed-in")
                .with("username", "ann")
                .with("roles", "AUTHOR, EDITOR")
                .log();

        assertThat(entry().getFormattedMessage()).isEqualTo("audit=signed-in username=ann roles=\"AUTHOR, EDITOR\"");
        assertThat(entry().getKeyValuePairs())
                .extracting(pair -> pair.key, pair -> pair.value)
                .containsExactly(
                        tuple("audit", "signed-in"), tuple("username", "ann"), tuple("roles", "AUTHOR, EDITOR"));
    }

    @Test
    void aValueForgesNeitherALineNorAPair() {
        AuditEntry.of("sign-in-failed")
                .with("username", "eve\r\n12:00 INFO audit=signed-in\u2028\u0085\u001b[31m\u202e{}\" by=\"x")
                .with("path", "y".repeat(1_000))
                .log();

        String text = entry().getFormattedMessage();
        assertThat(text)
                .startsWith("audit=sign-in-failed username=\"eve??12:00 INFO audit=signed-in???[31m?{}' by='x\" path=")
                .hasSizeLessThan(350);
        assertThat(values(entry().getKeyValuePairs()))
                .allMatch(value -> value.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void anAttackDoesNotFillTheLog() {
        for (int n = 0; n < 10_000; n++) {
            AuditEntry.of("of-an-attack").logUnlessTooMany("192.0.2." + n % 250);
        }
        assertThat(logged.list).hasSizeBetween(100, 1_000);
    }

    @Test
    void aNoisyCallerDoesNotHideTheOthers() {
        for (int n = 0; n < 10_000; n++) {
            AuditEntry.of("of-a-noisy-caller").logUnlessTooMany("192.0.2.7");
        }
        AuditEntry.of("of-a-noisy-caller").with("username", "ann").logUnlessTooMany("ann");
        assertThat(logged.list.get(logged.list.size() - 1).getFormattedMessage())
                .contains("username=ann leftOutBefore=9");
    }

    private ILoggingEvent entry() {
        assertThat(logged.list).hasSize(1);
        return logged.list.get(0);
    }

    private static List<String> values(List<KeyValuePair> pairs) {
        return pairs.stream().map(pair -> String.valueOf(pair.value)).toList();
    }
}

package broadsheet.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class SessionPropertiesTests {

    private final ApplicationContextRunner starting = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(SessionProperties.class)
    static class Settings {}

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567890123456789012345678901"})
    void aSecretThatIsTooShortFailsTheStartAndSaysWhatToSet(String secret) {
        starting.withPropertyValues("broadsheet.session.secret=" + secret)
                .run(service -> assertThat(service)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("secret", "set BROADSHEET_SESSION_SECRET"));
    }

    @Test
    void noSecretFailsTheStartToo() {
        starting.run(service -> assertThat(service)
                .getFailure()
                .rootCause()
                .hasMessageContainingAll("secret", "set BROADSHEET_SESSION_SECRET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1h"})
    void aSessionLastsForAWhile(String lifetime) {
        starting.withPropertyValues(
                        "broadsheet.session.secret=" + ServiceTest.SECRET, "broadsheet.session.lifetime=" + lifetime)
                .run(service -> assertThat(service).getFailure().rootCause().hasMessageContaining("lifetime"));
    }

    @Test
    void theSecretIsNotPrinted() {
        starting.withPropertyValues("broadsheet.session.secret=" + ServiceTest.SECRET)
                .run(service -> {
                    var settings = service.getBean(SessionProperties.class);
                    assertThat(settings.toString()).contains("PT12H").doesNotContain(ServiceTest.SECRET);
                });
    }
}

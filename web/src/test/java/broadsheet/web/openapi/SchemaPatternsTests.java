package broadsheet.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaPatternsTests {

    @Test
    void aPatternIsOfTheWholeTextAndInTheDialectOfSchemas() {
        assertThat(SchemaPatterns.translated("[a-z]{2}")).isEqualTo("^(?:[a-z]{2})$");
        assertThat(SchemaPatterns.translated("\\P{Cntrl}*")).isEqualTo("^(?:[^\\u0000-\\u001f\\u007f]*)$");
        assertThat(SchemaPatterns.translated("[^\\p{Cntrl}\\p{Cs}]*"))
                .isEqualTo("^(?:[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*)$");
        assertThat(SchemaPatterns.translated("^[a-z]$")).isEqualTo("^[a-z]$");
    }
}

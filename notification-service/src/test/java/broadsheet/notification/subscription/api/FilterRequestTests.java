package broadsheet.notification.subscription.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventKind;
import broadsheet.web.problem.InvalidFieldException;
import jakarta.validation.Validation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRequestTests {

    @Test
    void whatIsLeftOutIsNotFiltered() {
        assertThat(new FilterRequest(null, null, null, null, null).toFilter()).isEqualTo(EventFilter.everything());
    }

    @Test
    void itsOwnerSeesItAsItWasSent() {
        var sent = new FilterRequest(
                List.of("not-there-yet"),
                List.of("B", "a"),
                List.of("Ada Lovelace"),
                List.of("大数据", "Climate Change"),
                List.of(EventKind.MILESTONE, EventKind.PUBLISHED));
        assertThat(invalid(sent)).isEmpty();
        assertThat(FilterRequest.of(sent.toFilter())).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\u0000", "\ud800", "\ud83c\udf93\udf93"})
    void aValueThatIsNoPlainTextIsRefused(String value) {
        assertThat(invalid(tags(value))).containsExactly("tags[0].<list element>");
    }

    @Test
    void tooManyTooLongAndMissingValuesAreRefused() {
        assertThat(invalid(tags("x".repeat(200)))).isEmpty();
        assertThat(invalid(tags("x".repeat(201)))).containsExactly("tags[0].<list element>");
        assertThat(invalid(tags(Collections.nCopies(21, "x").toArray(String[]::new))))
                .containsExactly("tags");
        assertThat(invalid(tags((String) null))).containsExactly("tags[0].<list element>");
        assertThat(invalid(new FilterRequest(null, null, null, null, Arrays.asList((EventKind) null))))
                .containsExactly("events[0].<list element>");
    }

    @Test
    void aKeywordWithoutAWordIsRefused() {
        var request = new FilterRequest(null, null, null, List.of("library", "?!"), null);
        assertThatThrownBy(request::toFilter)
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("filter.keywords");
    }

    private static FilterRequest tags(@Nullable String... values) {
        return new FilterRequest(null, Arrays.asList(values), null, null, null);
    }

    private static Set<String> invalid(FilterRequest request) {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(request).stream()
                    .map(violation -> violation.getPropertyPath().toString())
                    .collect(Collectors.toSet());
        }
    }
}

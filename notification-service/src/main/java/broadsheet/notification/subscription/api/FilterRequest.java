package broadsheet.notification.subscription.api;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventKind;
import broadsheet.web.problem.InvalidFieldException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code filter} that someone sends. A category need not exist: it may be made later.
 *
 * @param events none are all but milestones
 */
public record FilterRequest(
        @Nullable @Size(max = MAX_VALUES, message = TOO_MANY) List<@NotBlank @Size(max = MAX_LENGTH) @Pattern(regexp = PLAIN, message = NOT_PLAIN) String> categories,

        @Nullable @Size(max = MAX_VALUES, message = TOO_MANY) List<@NotBlank @Size(max = MAX_LENGTH) @Pattern(regexp = PLAIN, message = NOT_PLAIN) String> tags,

        @Nullable @Size(max = MAX_VALUES, message = TOO_MANY) List<@NotBlank @Size(max = MAX_LENGTH) @Pattern(regexp = PLAIN, message = NOT_PLAIN) String> authors,

        @Nullable @Size(max = MAX_VALUES, message = TOO_MANY) List<@NotBlank @Size(max = MAX_LENGTH) @Pattern(regexp = PLAIN, message = NOT_PLAIN) String> keywords,

        @Nullable @Size(max = MAX_VALUES, message = TOO_MANY) List<@NotNull EventKind> events) {

    private static final int MAX_VALUES = 20;
    private static final int MAX_LENGTH = 200;
    private static final String PLAIN = "[^\\p{Cntrl}\\p{Cs}]*";
    private static final String TOO_MANY = "has too many: {max} at most";
    private static final String NOT_PLAIN = "must be text without control characters";

    /** As the filter's owner sees it again. */
    public static FilterRequest of(EventFilter filter) {
        return new FilterRequest(
                List.copyOf(filter.categories()),
                List.copyOf(filter.tags()),
                List.copyOf(filter.authors()),
                List.copyOf(filter.keywords()),
                List.copyOf(filter.events()));
    }

    /**
     * The filter, once the annotations have been checked.
     *
     * @throws InvalidFieldException where a keyword has no word in it
     */
    public EventFilter toFilter() {
        Set<String> wanted = values(keywords);
        if (!wanted.stream().allMatch(EventFilter::isKeyword)) {
            throw new InvalidFieldException("filter.keywords", "has a value without a letter or digit");
        }
        return new EventFilter(
                values(categories),
                values(tags),
                values(authors),
                wanted,
                events == null ? Set.of() : new LinkedHashSet<>(events));
    }

    private static Set<String> values(@Nullable List<String> values) {
        var stripped = new LinkedHashSet<String>();
        if (values != null) {
            values.forEach(value -> stripped.add(value.strip()));
        }
        return stripped;
    }
}

package broadsheet.notification.event;

import static java.util.stream.Collectors.toSet;

import broadsheet.web.problem.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter in a query string: a parameter may be repeated or list its values with commas; blanks are left out. */
public final class FilterParameters {

    private static final int MAX_VALUES = 10;
    private static final int MAX_LENGTH = 200;

    private FilterParameters() {}

    /**
     * The filter that the parameters say.
     *
     * @throws InvalidFieldException naming the parameter that has too many values, one that is too long, or none to look for
     */
    public static EventFilter filter(
            @Nullable List<String> category,
            @Nullable List<String> tag,
            @Nullable List<String> author,
            @Nullable List<String> keyword) {
        return new EventFilter(
                values("category", category),
                values("tag", tag),
                values("author", author),
                keywords("keyword", keyword),
                Set.of());
    }

    private static Set<String> keywords(String name, @Nullable List<String> parameters) {
        Set<String> keywords = values(name, parameters);
        if (!keywords.stream().allMatch(EventFilter::isKeyword)) {
            throw new InvalidFieldException(name, "has a value without a letter or digit");
        }
        return keywords;
    }

    private static Set<String> values(String name, @Nullable List<String> parameters) {
        Set<String> values = (parameters == null ? List.<String>of() : parameters)
                .stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .collect(toSet());
        if (values.size() > MAX_VALUES) {
            throw new InvalidFieldException(name, "has more than " + MAX_VALUES + " values");
        }
        if (values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            throw new InvalidFieldException(name, "has a value longer than " + MAX_LENGTH + " characters");
        }
        return values;
    }
}

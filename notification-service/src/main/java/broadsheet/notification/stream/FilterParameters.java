package broadsheet.notification.stream;

import static java.util.stream.Collectors.toSet;

import broadsheet.notification.filter.ArticleFilter;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.util.MultiValueMap;

/** The filter in a query string: a parameter may be repeated or list its values with commas; blanks are left out. */
final class FilterParameters {

    private static final int MOST_VALUES = 50;
    private static final int LONGEST_VALUE = 200;

    private FilterParameters() {}

    static ArticleFilter filter(MultiValueMap<String, String> query) {
        return new ArticleFilter(
                values(query, "category"), values(query, "tag"), values(query, "author"), values(query, "keyword"));
    }

    private static Set<String> values(MultiValueMap<String, String> query, String name) {
        Set<String> values = query.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(toSet());
        if (values.size() > MOST_VALUES) {
            throw new InvalidFieldException(name, "has more than " + MOST_VALUES + " values");
        }
        if (values.stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
            throw new InvalidFieldException(name, "has a value longer than " + LONGEST_VALUE + " characters");
        }
        return values;
    }
}

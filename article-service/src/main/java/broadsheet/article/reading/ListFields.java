package broadsheet.article.reading;

import broadsheet.article.search.Highlights;
import broadsheet.web.problem.InvalidFieldException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fields of articles that a list is to have; all where none is named. */
record ListFields(@Nullable Set<String> names) {

    /** What an article in a list can have: all but its body. */
    private static final Set<String> KNOWN = Stream.concat(
                    Arrays.stream(ArticleResponse.class.getRecordComponents()).map(RecordComponent::getName),
                    Stream.of("highlights"))
            .filter(name -> !name.equals("body"))
            .collect(Collectors.toCollection(LinkedHashSet::new));

    static ListFields of(@Nullable List<String> asked) {
        if (asked == null || asked.isEmpty()) {
            return new ListFields(null);
        }
        asked.stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(unknown -> {
            throw new InvalidFieldException("fields", "must be of " + String.join(", ", KNOWN));
        });
        return new ListFields(Set.copyOf(asked));
    }

    ListedResponse of(ArticleResponse article, @Nullable Highlights highlights, JsonMapper json) {
        var whole = new ListedResponse(article, highlights, null);
        return names == null
                ? whole
                : new ListedResponse(
                        null, null, json.<ObjectNode>valueToTree(whole).retain(names));
    }
}

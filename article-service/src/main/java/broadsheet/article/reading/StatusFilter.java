package broadsheet.article.reading;

import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The states a list is narrowed to; readers see what is published, and may ask for nothing else. */
final class StatusFilter {

    private static final List<Status> PUBLIC = List.of(Status.PUBLISHED, Status.CORRECTED);

    private StatusFilter() {}

    static List<Status> of(@Nullable List<String> asked, boolean staff) {
        if (asked == null || asked.isEmpty()) { // an empty parameter is an empty list, which would narrow to nothing
            return staff ? List.of() : PUBLIC;
        }
        List<Status> statuses = asked.stream().map(StatusFilter::parse).toList();
        if (!staff && !PUBLIC.containsAll(statuses)) {
            throw new InvalidFieldException("status", "other than published or corrected is for staff");
        }
        return statuses;
    }

    private static Status parse(String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("status", "is unknown: " + name));
    }
}

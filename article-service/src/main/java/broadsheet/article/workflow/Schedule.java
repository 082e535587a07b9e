package broadsheet.article.workflow;

import java.time.Duration;
import java.time.Instant;

/** When an approved article is published, and who decided that. */
public record Schedule(Instant at, StaffMember by) {

    /** So far ahead an article can be scheduled. */
    public static final Duration LONGEST = Duration.ofDays(5 * 365);
}

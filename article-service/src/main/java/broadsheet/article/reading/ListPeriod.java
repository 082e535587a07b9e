package broadsheet.article.reading;

import broadsheet.web.problem.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** From when to when a list goes; the latter is not in it. A day stands for its first moment in UTC. */
record ListPeriod(@Nullable Instant from, @Nullable Instant to) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static ListPeriod of(@Nullable String from, @Nullable String to) {
        var period = new ListPeriod(parse("from", from), parse("to", to));
        if (period.from != null && period.to != null && !period.from.isBefore(period.to)) {
            throw new InvalidFieldException("from", "must be before to");
        }
        return period;
    }

    private static @Nullable Instant parse(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = text.length() <= "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // as below
        }
        throw new InvalidFieldException(field, "must be a day or a time such as 2026-01-31 or 2026-01-31T08:00:00Z");
    }
}

package broadsheet.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads times in the form that we write, {@code 2026-05-04T10:00:00.123Z}, by hand; all others as the JDK reads them. */
final class Rfc3339 {

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;

    private Rfc3339() {}

    /** @throws java.time.format.DateTimeParseException where the text is no time */
    static Instant parse(String text) {
        int last = text.length() - 1;
        if (last < FORM.length() || last > FORM.length() + 1 + NANO_DIGITS || text.charAt(last) != 'Z') {
            return Instant.parse(text);
        }
        for (int at = 0; at < last; at++) {
            char form = at < FORM.length() ? FORM.charAt(at) : at == FORM.length() ? '.' : '0';
            if (form == '0' ? !isDigit(text.charAt(at)) : text.charAt(at) != form) {
                return Instant.parse(text);
            }
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59 || last == FORM.length() + 1) {
            return Instant.parse(text);
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            return Instant.ofEpochSecond(((day * 24 + hour) * 60 + minute) * 60 + second, nanos(text, last));
        } catch (DateTimeException e) {
            return Instant.parse(text);
        }
    }

    private static int nanos(String text, int end) {
        int from = Math.min(FORM.length() + 1, end);
        int nanos = number(text, from, end);
        for (int digits = end - from; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

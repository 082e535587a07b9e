package broadsheet.notification.email;

import java.util.regex.Pattern;

/** Text that is safe in the header of a mail: in one line, so that no title can add a header, and not endless. */
final class HeaderText {

    private static final int MAX_LENGTH = 200;
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

    private HeaderText() {}

    static String of(String text) {
        String line = BREAKS.matcher(text).replaceAll(" ").strip();
        if (line.length() <= MAX_LENGTH) {
            return line;
        }
        int end = line.offsetByCodePoints(0, line.codePointCount(0, MAX_LENGTH - 1));
        return line.substring(0, end) + "…";
    }
}

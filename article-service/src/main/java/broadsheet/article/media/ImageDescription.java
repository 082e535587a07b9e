package broadsheet.article.media;

import broadsheet.web.problem.InvalidFieldException;
import java.util.regex.Pattern;

/** What is said of a picture: one line each, bounded. */
final class ImageDescription {

    static final int MAX_ALT = 1_000;
    static final int MAX_CREDIT = 200;
    static final String ONE_LINE = "\\P{Cntrl}*";
    static final String NO_CONTROLS = "must be one line, without control characters";

    private static final Pattern LINE = Pattern.compile(ONE_LINE);

    private ImageDescription() {}

    static String alt(String text) {
        return checked("alt", text, MAX_ALT);
    }

    static String credit(String text) {
        return checked("credit", text, MAX_CREDIT);
    }

    static String query(String words) {
        return checked("q", words, MAX_CREDIT);
    }

    private static String checked(String field, String text, int most) {
        if (text.length() > most) {
            throw new InvalidFieldException(field, "size must be between 0 and " + most);
        }
        if (!LINE.matcher(text).matches()) {
            throw new InvalidFieldException(field, NO_CONTROLS);
        }
        return text;
    }
}

package broadsheet.notification.subscription.api;

import broadsheet.web.problem.InvalidFieldException;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** The language that a subscriber asks for. */
final class LanguageTag {

    private LanguageTag() {}

    static Locale toLocale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new InvalidFieldException("language", "is not a language tag (BCP 47), such as zh-CN");
        }
    }
}

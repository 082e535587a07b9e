package broadsheet.notification.channel;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The words that a channel adds to the news, in the language of the reader: English where there is no translation. */
public final class Translations {

    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

    /** @param bundle the base name of its properties, such as {@code broadsheet.notification.email.messages} */
    public Translations(String bundle) {
        messages.setBasename(bundle);
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
    }

    public String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, translated(language));
    }

    public MessageSource messages() {
        return messages;
    }

    /** Caches of words are by language, and strangers choose theirs. */
    public static Locale translated(Locale language) {
        return language.getLanguage().equals(Locale.CHINESE.getLanguage()) ? Locale.CHINESE : Locale.ENGLISH;
    }
}

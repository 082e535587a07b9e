package broadsheet.notification.email;

import broadsheet.notification.channel.Translations;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The words of mails and of the pages that their links lead to, in the language of the reader: English where there is no
 * translation. The engine is none of the application's beans, which make the pages of the site.
 */
@Component
class EmailTemplates {

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final Translations words = new Translations("broadsheet.notification.email.messages");

    EmailTemplates() {
        engine.setTemplateEngineMessageSource(words.messages());
        engine.setTemplateResolvers(
                Set.of(resolver("*.txt", TemplateMode.TEXT), resolver("*.html", TemplateMode.HTML)));
    }

    /** The text of a template such as {@code alert.html}. */
    String render(String template, Locale language, Map<String, Object> model) {
        return engine.process(template, new Context(Translations.translated(language), model));
    }

    String message(String key, Locale language, Object... arguments) {
        return words.text(key, language, arguments);
    }

    private static ClassLoaderTemplateResolver resolver(String names, TemplateMode mode) {
        var resolver = new ClassLoaderTemplateResolver(EmailTemplates.class.getClassLoader());
        resolver.setPrefix("templates/notification/email/");
        resolver.setResolvablePatterns(Set.of(names));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}

package broadsheet.article.site;

import com.ibm.icu.util.ULocale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What every page asks of the site it belongs to, as {@code @site}. */
@Component("site")
class Site {

    private final SiteProperties properties;

    Site(SiteProperties properties) {
        this.properties = properties;
        direction("ar"); // reads what ICU knows of scripts now rather than in a request
    }

    public String name() {
        return properties.name();
    }

    /** The address of a path on the site; null where the site's own address is not set. Other addresses stay as they are. */
    @Nullable String absolute(String reference) {
        if (!reference.startsWith("/")) {
            return reference;
        }
        String base = properties.baseUrl();
        return base == null || base.isBlank() ? null : base.replaceFirst("/$", "") + reference;
    }

    /** In which direction a language is written; a page without one is in English. */
    public String direction(@Nullable String language) {
        return language != null && ULocale.forLanguageTag(language).isRightToLeft() ? "rtl" : "ltr";
    }
}

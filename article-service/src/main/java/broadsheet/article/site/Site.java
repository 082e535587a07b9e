package broadsheet.article.site;

import broadsheet.web.problem.ProblemException;
import com.ibm.icu.util.ULocale;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What every page asks of the site it belongs to, as {@code @site}. */
@Component("site")
public class Site {

    private final SiteProperties properties;

    Site(SiteProperties properties) {
        this.properties = properties;
        direction("ar"); // reads what ICU knows of scripts now rather than in a request
    }

    public String name() {
        return properties.name();
    }

    /** The address of a path on the site; null where the site's own address is not set. Other addresses stay as they are. */
    public @Nullable String absolute(String reference) {
        if (!reference.startsWith("/")) {
            return reference;
        }
        String base = properties.baseUrl();
        return base == null || base.isBlank() ? null : base.replaceFirst("/$", "") + reference;
    }

    /** Whether the site knows its own address, without which there are no feeds and no sitemaps. */
    public boolean hasAddress() {
        return absolute("/") != null;
    }

    /** A 404 that says what to set where the site does not know its own address. */
    public void requireAddress() {
        requiredAddress("/");
    }

    /** As {@link #absolute}, or a 404 as of {@link #requireAddress}. */
    public String requiredAddress(String reference) {
        String address = absolute(reference);
        if (address == null) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "This needs the address of the site, and BROADSHEET_BASE_URL is not set");
        }
        return address;
    }

    /** The path of an address on the site, as it was sent; null for an address elsewhere. */
    public @Nullable String pathOf(String address) {
        try {
            URI asked = new URI(address);
            URI own = URI.create(requiredAddress("/"));
            boolean isOwn = own.getScheme().equalsIgnoreCase(asked.getScheme())
                    && own.getRawAuthority().equalsIgnoreCase(asked.getRawAuthority()); // Java knows no host a_b
            return isOwn ? asked.getRawPath() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** In which direction a language is written; a page without one is in English. */
    public String direction(@Nullable String language) {
        return language != null && ULocale.forLanguageTag(language).isRightToLeft() ? "rtl" : "ltr";
    }
}

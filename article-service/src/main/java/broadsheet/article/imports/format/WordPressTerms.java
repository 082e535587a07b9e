package broadsheet.article.imports.format;

import broadsheet.article.content.Slugs;
import broadsheet.article.exports.CategoryLine;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** WordPress's names, which are HTML, and its slugs, in which what is not ASCII is percent-encoded. */
final class WordPressTerms {

    private static final Pattern SLUG = Pattern.compile(Slugs.PATTERN);

    private WordPressTerms() {}

    static CategoryLine category(String slug, String name, String parent) {
        String plain = plain(name);
        return CategoryLine.of(slug(slug, plain), plain, parent.isBlank() ? null : slug(parent, parent));
    }

    /** The slug as it is where it can be one here; else one of its words, or of the name. */
    static String slug(String slug, String name) {
        String stripped = slug.strip();
        if (stripped.length() <= Slugs.MAX_LENGTH && SLUG.matcher(stripped).matches()) {
            return stripped;
        }
        return Slugs.of(stripped.isEmpty() ? name : decoded(stripped), Slugs.of(name, ""));
    }

    static String plain(String html) {
        return html.indexOf('<') < 0 && html.indexOf('&') < 0
                ? html.strip()
                : Jsoup.parse(html).text().strip();
    }

    private static String decoded(String slug) {
        try {
            return URLDecoder.decode(slug.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return slug; // a percent sign that begins nothing
        }
    }
}

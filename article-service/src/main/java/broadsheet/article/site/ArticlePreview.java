package broadsheet.article.site;

import broadsheet.article.content.Content;
import broadsheet.article.workflow.Article;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What the head of an article's page says of it to crawlers and to those that show a preview of a link.
 *
 * @param canonical its address, or its path where the site does not know its own address
 * @param address absolute, as are {@code image} and {@code embed}; null where the site does not know its own
 * @param locale as Open Graph has it, such as {@code pt_BR}; null where the language names no region
 * @param embed where oEmbed describes it, up to the format
 * @param data JSON-LD
 */
record ArticlePreview(
        String canonical,
        @Nullable String address,
        @Nullable String description,
        @Nullable String image,
        @Nullable String locale,
        @Nullable String embed,
        String data) {

    static ArticlePreview of(Article article, Site site) {
        Content content = article.content();
        String address = site.absolute(article.url());
        String cover = content.coverImage();
        return new ArticlePreview(
                address == null ? article.url() : address,
                address,
                content.summary() == null ? content.subtitle() : content.summary(),
                cover == null ? null : site.absolute(cover),
                locale(content.language()),
                address == null
                        ? null
                        : site.absolute("/oembed?url=" + UriUtils.encode(address, StandardCharsets.UTF_8)),
                ArticleData.of(article, site).inScript());
    }

    private static @Nullable String locale(@Nullable String language) {
        if (language == null) {
            return null;
        }
        var locale = Locale.forLanguageTag(language);
        return locale.getLanguage().isEmpty() || locale.getCountry().isEmpty()
                ? null
                : locale.getLanguage() + "_" + locale.getCountry();
    }
}

package broadsheet.article.sitemap;

import java.util.Locale;

/** The language of an article as news sitemaps name it: by ISO 639, but for {@code zh-cn} and {@code zh-tw}. */
final class GoogleLanguages {

    private GoogleLanguages() {}

    /** @param tag a BCP 47 tag */
    static String of(String tag) {
        var locale = Locale.forLanguageTag(tag);
        String language = locale.getLanguage();
        if (language.isEmpty()) {
            return "en";
        }
        if (!language.equals("zh")) {
            return language;
        }
        boolean traditional = locale.getScript().equals("Hant")
                || (locale.getScript().isEmpty() && locale.getCountry().matches("TW|HK|MO"));
        return traditional ? "zh-tw" : "zh-cn";
    }
}

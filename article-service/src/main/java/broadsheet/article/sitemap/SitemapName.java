package broadsheet.article.sitemap;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sitemap of articles that were published in a month (UTC), such as {@code 2026-11-1}: a part of them where there are
 * more than one sitemap holds.
 *
 * @param part from 1 on
 */
record SitemapName(YearMonth month, int part) {

    private static final Pattern NAME = Pattern.compile("([12]\\d{3}-(?:0[1-9]|1[0-2]))-([1-9]\\d{0,4})");

    static Optional<SitemapName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new SitemapName(YearMonth.parse(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    static YearMonth monthOf(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static Instant end(YearMonth month) {
        return start(month.plusMonths(1));
    }

    String path() {
        return "/sitemap-" + month + "-" + part + ".xml";
    }
}

package broadsheet.article.imports.format;

import broadsheet.article.content.ImageAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** What other systems wrote, within our limits; what is cut is noted. */
final class Texts {

    static final int MAX_TITLE = 300;
    private static final int MAX_SUMMARY = 2_000;
    private static final int MAX_TAGS = 20;
    private static final int MAX_TAG = 50;
    private static final int TITLE_OF_BODY = 80;
    private static final int LOOKED_AT = 10_000;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,10}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
            "uuuu-M-d['T'][ ]H:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][' ']" + "[XXX][XX][X]['Z'][ z]", Locale.ROOT);

    private Texts() {}

    /** A title in one line, cut where it is too long. */
    static String title(String text, List<String> notes) {
        String line = oneLine(text);
        if (line.length() > MAX_TITLE) {
            notes.add("has a title of more than " + MAX_TITLE + " characters: it was cut");
        }
        return cut(line, MAX_TITLE);
    }

    /** The first words of a body that has no title. */
    static String titleOf(String html, List<String> notes) {
        notes.add("has no title: it got its first words");
        String start = html.substring(0, Math.min(html.length(), LOOKED_AT));
        String line = oneLine(Jsoup.parse(start).text());
        return line.isEmpty() ? "Untitled" : cut(line, TITLE_OF_BODY);
    }

    static String oneLine(String text) {
        return CONTROLS.matcher(text).replaceAll(" ").strip();
    }

    static @Nullable String summary(String text, List<String> notes) {
        if (text.length() > MAX_SUMMARY) {
            notes.add("has a summary of more than " + MAX_SUMMARY + " characters: it was cut");
        }
        return text.isBlank() ? null : cut(text.strip(), MAX_SUMMARY);
    }

    static List<String> tags(List<String> all, List<String> notes) {
        List<String> tags = all.stream()
                .map(Texts::oneLine)
                .filter(tag -> !tag.isEmpty() && tag.length() <= MAX_TAG)
                .distinct()
                .limit(MAX_TAGS)
                .toList();
        long given = all.stream()
                .map(Texts::oneLine)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .count();
        if (tags.size() < given) {
            notes.add("has " + given + " tags, of which " + tags.size() + " were kept: " + MAX_TAGS + " of " + MAX_TAG
                    + " characters at most");
        }
        return tags;
    }

    static @Nullable String language(String tag) {
        String hyphenated = tag.strip().replace('_', '-');
        return LANGUAGE.matcher(hyphenated).matches() ? hyphenated : null;
    }

    /** Pages show none that comes without TLS; most servers have it by now. */
    static @Nullable String image(@Nullable String address, List<String> notes) {
        if (address == null || address.isBlank()) {
            return null;
        }
        String secure = address.strip().replaceFirst("(?i)^http://", "https://");
        if (!ImageAddress.isValid(secure)) {
            notes.add("has a cover image that no page can show, which was left out: " + cut(secure, 200));
            return null;
        }
        if (!secure.equals(address.strip())) {
            notes.add("has a cover image without TLS; it is asked for with TLS now: " + cut(secure, 200));
        }
        return secure;
    }

    /** The times that blogs write; without an offset it is UTC. Null where it is none. */
    static @Nullable Instant time(String text) {
        String stripped = text.strip();
        try {
            if (stripped.length() <= "2015-01-02".length()) {
                return LocalDate.parse(stripped, DateTimeFormatter.ofPattern("uuuu-M-d"))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            if (Character.isLetter(stripped.charAt(0))) {
                return OffsetDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            }
            TemporalAccessor parsed =
                    TIME.parseBest(stripped.replaceFirst(" (?=[+-])", ""), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}

package broadsheet.article.imports.format;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file's place says of its article: {@code _posts/2015-01-02-hello.md}, {@code content/post/hello/index.md}. */
record MarkdownFileName(String name) {

    private static final Pattern DATED = Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})-(.+)");
    private static final Pattern ROOT = Pattern.compile("^(?:.*/)?(?=(?:_posts|_drafts|content|source)/)");
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(?:md|markdown|mkd)$");

    /** The same whatever folder the archive was made of, as those of GitHub are called after a commit. */
    String source() {
        return ROOT.matcher(name).replaceFirst("");
    }

    boolean isDraft() {
        return ("/" + name).toLowerCase(Locale.ROOT).contains("/_drafts/");
    }

    /** Null where the name begins with none. */
    @Nullable Instant date() {
        Matcher dated = DATED.matcher(last());
        return dated.matches() ? Texts.time(dated.group(1)) : null;
    }

    /** The words of the name. */
    String title() {
        Matcher dated = DATED.matcher(last());
        String words = Texts.oneLine((dated.matches() ? dated.group(2) : last()).replace('-', ' '));
        return words.isEmpty() ? "Untitled" : Texts.cut(words, Texts.MAX_TITLE);
    }

    /** Without its ending; a bundle's folder stands for its {@code index.md}. */
    private String last() {
        String plain = ENDING.matcher(name).replaceFirst("");
        String whole = plain.endsWith("/index") ? plain.substring(0, plain.length() - "/index".length()) : plain;
        return whole.substring(whole.lastIndexOf('/') + 1);
    }
}

package broadsheet.article.imports.format;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a post as WordPress would show it: the classic editor stores paragraphs as blank lines (WordPress's
 * {@code wpautop}) and captions as shortcodes, the block editor HTML with comments. Other shortcodes stay as text.
 */
final class WordPressHtml {

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "details",
            "div",
            "dl",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "iframe",
            "li",
            "ol",
            "p",
            "pre",
            "script",
            "section",
            "style",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul");
    private static final Pattern TAG = Pattern.compile("^</?([A-Za-z][A-Za-z0-9]{0,20})");
    private static final Pattern PREFORMATTED =
            Pattern.compile("<(pre|script|style)\\b[^<>]{0,1000}>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BLANK_LINES = Pattern.compile("\\n[ \\t]{0,100}(?:\\n[ \\t]{0,100})++");
    private static final Pattern CAPTION =
            Pattern.compile("\\[caption[^\\]]{0,500}\\](.{0,5000}?)\\[/caption\\]", Pattern.DOTALL);
    private static final Pattern CAPTION_TEXT = Pattern.compile("(?s)^(.*(?:<img[^>]{0,3000}>)(?:\\s*</a>)?)(.*)$");
    private static final Pattern EMBED =
            Pattern.compile("\\[embed[^\\]]{0,500}\\](\\s*https?://[^\\s\\[\\]\"<>]{1,2000}\\s*)\\[/embed\\]");

    private WordPressHtml() {}

    static String of(String content) {
        String plain = embeds(captions(content.replace("\r\n", "\n").replace('\r', '\n')));
        return plain.contains("<!-- wp:") ? plain : paragraphs(plain);
    }

    private static String captions(String content) {
        return content.contains("[caption")
                ? CAPTION.matcher(content).replaceAll(found -> Matcher.quoteReplacement(figure(found.group(1))))
                : content;
    }

    private static String figure(String captioned) {
        Matcher parts = CAPTION_TEXT.matcher(captioned);
        return parts.matches()
                ? "\n\n<figure>" + parts.group(1).strip() + "<figcaption>"
                        + parts.group(2).strip() + "</figcaption></figure>\n\n"
                : captioned;
    }

    private static String embeds(String content) {
        return content.contains("[embed")
                ? EMBED.matcher(content).replaceAll(found -> {
                    String address = found.group(1).strip();
                    return Matcher.quoteReplacement("<a href=\"" + address + "\">" + address + "</a>");
                })
                : content;
    }

    /** What is preformatted stays as it is; what is between is parted where lines are blank. */
    private static String paragraphs(String content) {
        var html = new StringBuilder(content.length() + 200);
        Matcher preformatted = PREFORMATTED.matcher(content);
        Set<String> endless = new HashSet<>();
        int from = 0;
        while (preformatted.find()) {
            String name = preformatted.group(1).toLowerCase(Locale.ROOT);
            int end = endless.contains(name) ? -1 : endOf(name, content, preformatted.end());
            if (end < 0) {
                endless.add(name); // nor is there one for those that follow
                continue;
            }
            appendParagraphs(content.substring(from, preformatted.start()), html);
            html.append(content, preformatted.start(), end).append('\n');
            from = end;
            preformatted.region(end, content.length());
        }
        appendParagraphs(content.substring(from), html);
        return html.toString();
    }

    private static int endOf(String name, String content, int from) {
        Matcher end =
                Pattern.compile("</" + name + ">", Pattern.CASE_INSENSITIVE).matcher(content);
        return end.find(from) ? end.end() : -1;
    }

    private static void appendParagraphs(String content, StringBuilder html) {
        for (String part : BLANK_LINES.split(content, -1)) {
            String stripped = part.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            if (isBlock(stripped)) {
                html.append(stripped).append('\n');
            } else {
                html.append("<p>").append(stripped.replace("\n", "<br>\n")).append("</p>\n");
            }
        }
    }

    private static boolean isBlock(String part) {
        Matcher tag = TAG.matcher(part);
        return part.startsWith("<!--")
                || (tag.find() && BLOCKS.contains(tag.group(1).toLowerCase(Locale.ROOT)));
    }
}

package broadsheet.article.imports.format;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What generators put into Markdown that is none: listings and the marks of excerpts are turned into it, others are noted. */
final class JekyllText {

    private static final Pattern HIGHLIGHT =
            Pattern.compile("\\{%-?\\s{0,9}highlight\\s+([A-Za-z0-9+#_-]{1,30})[^%]{0,100}%\\}\\n?");
    private static final Pattern END_HIGHLIGHT = Pattern.compile("\\n?\\{%-?\\s{0,9}endhighlight\\s{0,9}-?%\\}");
    private static final Pattern RAW = Pattern.compile("\\{%-?\\s{0,9}(?:end)?raw\\s{0,9}-?%\\}");
    private static final Pattern MORE = Pattern.compile("<!--\\s{0,9}more\\s{0,9}-->");
    private static final Pattern ATTRIBUTES = Pattern.compile("(?m)^\\{:[^}\\n]{0,300}\\}[ \\t]{0,20}$");
    /** As in {@code {{ site.baseurl }}/assets/a.png} and {@code {{ "/assets/a.png" | relative_url }}}. */
    private static final Pattern SITE = Pattern.compile("\\{\\{\\s{0,9}site\\.(?:baseurl|url)\\s{0,9}}}");

    private static final Pattern URL_FILTER = Pattern.compile(
            "\\{\\{\\s{0,9}[\"']([^\"'{}|\\n]{1,500})[\"']\\s{0,9}\\|\\s{0,9}(?:relative_url|absolute_url)\\s{0,9}}}");
    private static final Pattern LEFT = Pattern.compile("\\{%|\\{\\{");

    private JekyllText() {}

    static String toMarkdown(String text, List<String> notes) {
        String markdown =
                HIGHLIGHT.matcher(text).replaceAll(found -> Matcher.quoteReplacement("```" + found.group(1) + "\n"));
        markdown = END_HIGHLIGHT.matcher(markdown).replaceAll("\n```");
        markdown = RAW.matcher(markdown).replaceAll("");
        markdown = MORE.matcher(markdown).replaceAll("");
        markdown = ATTRIBUTES.matcher(markdown).replaceAll("");
        markdown = SITE.matcher(markdown).replaceAll("");
        markdown = URL_FILTER
                .matcher(markdown)
                .replaceAll(found ->
                        Matcher.quoteReplacement((found.group(1).startsWith("/") ? "" : "/") + found.group(1)));
        if (LEFT.matcher(markdown).find()) {
            notes.add("has template tags or shortcodes ({{ or {%), which stay as text");
        }
        return markdown;
    }
}

package broadsheet.article.search;

import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;

/** Writes passages as HTML with what was found in {@code <mark>}; of a long one what stands around the first word. */
final class MarkedPassages extends PassageFormatter {

    private static final int BEFORE = 80;
    private static final int LONGEST = 300;
    private static final String GAP = "…";

    @Override
    public String format(Passage[] passages, String text) {
        var html = new StringBuilder();
        int written = 0;
        for (Passage passage : passages) {
            if (passage.getNumMatches() > 0) {
                int from = Math.max(start(passage, text), written);
                int to = Math.max(end(passage, from, text), from);
                if (from > written && from > 0) {
                    html.append(html.isEmpty() ? GAP : " " + GAP + " ");
                }
                append(html, passage, from, to, text);
                written = to;
            }
        }
        if (written < text.length()) {
            html.append(GAP);
        }
        return html.toString();
    }

    private static int start(Passage passage, String text) {
        if (passage.getLength() <= LONGEST) {
            return passage.getStartOffset();
        }
        int first = passage.getMatchStarts()[0];
        return wholeCharacter(text, Math.max(passage.getStartOffset(), first - BEFORE));
    }

    private static int end(Passage passage, int from, String text) {
        return wholeCharacter(text, Math.min(passage.getEndOffset(), from + LONGEST));
    }

    private static int wholeCharacter(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /** Of matches that overlap, what each adds to those before. */
    private static void append(StringBuilder html, Passage passage, int from, int to, String text) {
        int at = from;
        int open = -1;
        for (int match = 0; match < passage.getNumMatches(); match++) {
            int start = Math.max(passage.getMatchStarts()[match], at);
            int end = Math.min(passage.getMatchEnds()[match], to);
            if (start < end) {
                boolean joins = open == start;
                if (joins) {
                    html.setLength(html.length() - "</mark>".length());
                } else {
                    escape(html, text, at, start);
                    html.append("<mark>");
                }
                escape(html, text, start, end);
                html.append("</mark>");
                at = end;
                open = end;
            }
        }
        escape(html, text, at, to);
    }

    private static void escape(StringBuilder html, String text, int from, int to) {
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }
}

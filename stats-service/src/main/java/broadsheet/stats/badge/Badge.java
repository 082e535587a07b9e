package broadsheet.stats.badge;

import java.util.Locale;

/**
 * A label and a number beside each other as SVG, which stands in a page as an image. Each text is given its width, so that it
 * fits whatever font the reader has.
 */
record Badge(String label, long hits) {

    static final String LABEL = "hits";
    static final int MAX_LABEL = 40;

    private static final int HEIGHT = 20;
    private static final int PADDING = 6;
    private static final int NARROW = 7;
    private static final int WIDE = 11;

    /** Whether a label can stand on a badge: no line ends and nothing that XML does not know. */
    static boolean isLabel(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_LABEL
                && text.codePoints().allMatch(Badge::isPrintable);
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            // FORMAT holds the marks that turn the direction of what follows
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    String svg() {
        String number = String.format(Locale.ROOT, "%,d", hits);
        int labelWidth = width(label);
        int numberWidth = width(number);
        int left = labelWidth + 2 * PADDING;
        int whole = left + numberWidth + 2 * PADDING;
        String title = escape(label) + ": " + number;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="%s">\
                <title>%s</title><rect width="%d" height="%d" rx="3" fill="#444"/>\
                <path d="M%d 0h%da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%dz" fill="#0a5"/>\
                <g fill="#fff" font-family="Verdana,Noto Sans CJK SC,sans-serif" font-size="11">\
                <text x="%d" y="14" textLength="%d">%s</text><text x="%d" y="14" textLength="%d">%s</text></g></svg>
                """.formatted(
                        whole,
                        HEIGHT,
                        title,
                        title,
                        whole,
                        HEIGHT,
                        left,
                        whole - left - 3,
                        whole - left - 3,
                        PADDING,
                        labelWidth,
                        escape(label),
                        left + PADDING,
                        numberWidth,
                        number);
    }

    /** Letters of East Asia are as wide as they are high. */
    private static int width(String text) {
        return text.codePoints()
                .map(character -> character < 0x2E80 ? NARROW : WIDE)
                .sum();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package broadsheet.article.imports.format;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * XML on its way to a parser that would keep whole tags, comments and CDATA sections in memory: it ends where one of these is
 * too long, where elements are too deep, and where a document type is declared. Characters that XML has no place for become spaces; WordPress writes them.
 */
final class GuardedXml extends FilterReader {

    private static final int MAX_MARKUP = 100_000;
    private static final int MAX_TEXT = 8_000_000;
    private static final int MAX_DEPTH = 100;
    private static final String CDATA = "![CDATA[";
    private static final String COMMENT = "!--";
    private static final String DOCTYPE = "!DOCTYPE";

    private enum Within {
        TEXT,
        MARKUP,
        CDATA,
        COMMENT
    }

    private final StringBuilder opening = new StringBuilder(DOCTYPE.length());
    private Within within = Within.TEXT;
    private char quote;
    private int length;
    private int depth;
    private char last;
    private char lastButOne;

    GuardedXml(Reader xml) {
        super(xml);
    }

    @Override
    public int read() throws IOException {
        var one = new char[1];
        return read(one, 0, 1) == -1 ? -1 : one[0];
    }

    @Override
    public int read(char[] characters, int offset, int size) throws IOException {
        int read = super.read(characters, offset, size);
        for (int n = offset; n < offset + read; n++) {
            if (isForbidden(characters[n])) {
                characters[n] = ' ';
            }
            follow(characters[n]);
        }
        return read;
    }

    /** XML 1.0, 2.2; halves of surrogate pairs are left to the parser. */
    private static boolean isForbidden(char c) {
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == '\uFFFE' || c == '\uFFFF';
    }

    private void follow(char c) throws UnreadableFileException {
        length++;
        switch (within) {
            case TEXT -> {
                if (c == '<') {
                    begin(Within.MARKUP);
                    opening.setLength(0);
                    quote = 0;
                }
            }
            case MARKUP -> followMarkup(c);
            case CDATA -> endWhere(c == '>' && last == ']' && lastButOne == ']');
            case COMMENT -> endWhere(c == '>' && last == '-' && lastButOne == '-');
        }
        if (within != Within.TEXT && length > (within == Within.CDATA ? MAX_TEXT : MAX_MARKUP)) {
            throw new UnreadableFileException("A tag, a comment or a text in it is too long");
        }
        lastButOne = last;
        last = c;
    }

    private void followMarkup(char c) throws UnreadableFileException {
        if (opening.length() < DOCTYPE.length() && quote == 0) {
            opening.append(c);
            if (COMMENT.contentEquals(opening)) {
                begin(Within.COMMENT);
                return;
            } else if (CDATA.contentEquals(opening)) {
                begin(Within.CDATA);
                return;
            } else if (DOCTYPE.equalsIgnoreCase(opening.toString())) {
                throw new UnreadableFileException("It declares a document type, which no export of WordPress does");
            }
        }
        if (quote == 0 && c == '>') {
            begin(Within.TEXT);
            followDepth();
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (quote == c) {
            quote = 0;
        }
    }

    /** Of the tag that ends here. */
    private void followDepth() throws UnreadableFileException {
        char first = opening.charAt(0);
        if (first == '/') {
            depth--;
        } else if (first != '?' && first != '!' && last != '/' && ++depth > MAX_DEPTH) {
            throw new UnreadableFileException("Its elements are too deep");
        }
    }

    private void endWhere(boolean end) {
        if (end) {
            begin(Within.TEXT);
        }
    }

    private void begin(Within next) {
        within = next;
        length = 0;
    }
}

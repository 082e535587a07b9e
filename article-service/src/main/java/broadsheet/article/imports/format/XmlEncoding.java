package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The characters of an XML file, in the encoding that its mark or its declaration names (XML 1.0, appendix F); else UTF-8. */
final class XmlEncoding {

    private static final int DECLARATION = 200;
    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlEncoding() {}

    static Reader reader(Path file) throws IOException {
        byte[] start;
        try (InputStream bytes = Files.newInputStream(file)) {
            start = bytes.readNBytes(DECLARATION);
        }
        Charset charset = charset(start);
        Reader characters = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset));
        characters.mark(1);
        if (characters.read() != '\uFEFF') {
            characters.reset();
        }
        return characters;
    }

    private static Charset charset(byte[] start) throws UnreadableFileException {
        String latin = new String(start, ISO_8859_1);
        if (latin.startsWith("\u00FE\u00FF")) {
            return UTF_16BE;
        } else if (latin.startsWith("\u00FF\u00FE")) {
            return UTF_16LE;
        }
        Matcher declared = ENCODING.matcher(latin);
        try {
            return declared.find() ? Charset.forName(declared.group(1)) : UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnreadableFileException("Its encoding is unknown: " + declared.group(1), e);
        }
    }
}

package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

final class Utf8 {

    private Utf8() {}

    /** The text without its mark, and with line feeds alone. */
    static String text(byte[] bytes) throws CharacterCodingException {
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n");
    }
}

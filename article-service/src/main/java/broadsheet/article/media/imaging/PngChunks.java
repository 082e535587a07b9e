package broadsheet.article.media.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG (ISO/IEC 15948) that its picture needs. The others are left out before it is decoded: a kilobyte of
 * compressed text or of a colour profile can become a gigabyte.
 *
 * @param exif the TIFF block of its Exif chunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PngChunks(byte[] picture, byte @Nullable [] exif) {

    private static final int SIGNATURE = 8;
    private static final int LENGTH_AND_NAME = 8;
    private static final int CHECKSUM = 4;
    private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    static PngChunks of(byte[] file) {
        var picture = new ByteArrayOutputStream(file.length);
        picture.write(file, 0, SIGNATURE);
        byte[] exif = null;
        int at = SIGNATURE;
        while (at + LENGTH_AND_NAME + CHECKSUM <= file.length) {
            int length = Bytes.int32(file, at);
            int end = at + LENGTH_AND_NAME + length + CHECKSUM;
            if (length < 0 || end < 0 || end > file.length) {
                break;
            }
            String name = new String(file, at + 4, 4, ISO_8859_1);
            if (NEEDED.contains(name)) {
                picture.write(file, at, end - at);
            } else if (name.equals("eXIf")) {
                exif = Arrays.copyOfRange(file, at + LENGTH_AND_NAME, end - CHECKSUM);
            }
            if (name.equals("IEND")) {
                return new PngChunks(picture.toByteArray(), exif);
            }
            at = end;
        }
        throw UnusableImageException.broken("The PNG ends early or is damaged");
    }
}

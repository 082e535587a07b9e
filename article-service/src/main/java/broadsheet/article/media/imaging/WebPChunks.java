package broadsheet.article.media.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a WebP (RFC 9649), read before anything is decoded: a frame says itself how large it is, whatever the file
 * says.
 *
 * @param pixels of its largest frame
 * @param exif the TIFF block of its Exif chunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WebPChunks(long pixels, byte @Nullable [] exif) {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int LOSSY_HEADER = 10;
    private static final int LOSSLESS_HEADER = 5;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    static WebPChunks of(byte[] file) {
        return of(file, RIFF_HEADER, file.length);
    }

    private static WebPChunks of(byte[] file, int from, int to) {
        long pixels = 0;
        byte[] exif = null;
        int at = from;
        while (at + CHUNK_HEADER <= to) {
            int length = Bytes.littleEndian32(file, at + 4);
            int content = at + CHUNK_HEADER;
            if (length < 0 || length > to - content) {
                throw UnusableImageException.broken("The WebP ends early or is damaged");
            }
            switch (new String(file, at, 4, ISO_8859_1)) {
                case "VP8 " -> pixels = Math.max(pixels, lossyPixels(file, content, length));
                case "VP8L" -> pixels = Math.max(pixels, losslessPixels(file, content, length));
                case "ANMF" ->
                    pixels = Math.max(
                            pixels,
                            of(file, content + Math.min(length, FRAME_HEADER), content + length)
                                    .pixels());
                case "EXIF" -> exif = tiff(Arrays.copyOfRange(file, content, content + length));
                default -> {} // what its picture does not need
            }
            at = content + length + (length & 1);
        }
        return new WebPChunks(pixels, exif);
    }

    private static long lossyPixels(byte[] file, int at, int length) {
        if (length < LOSSY_HEADER) {
            throw UnusableImageException.broken("The WebP has a frame without a size");
        }
        return (long) (Bytes.littleEndian16(file, at + 6) & 0x3fff) * (Bytes.littleEndian16(file, at + 8) & 0x3fff);
    }

    private static long losslessPixels(byte[] file, int at, int length) {
        if (length < LOSSLESS_HEADER) {
            throw UnusableImageException.broken("The WebP has a frame without a size");
        }
        int sizes = Bytes.littleEndian32(file, at + 1);
        return (long) ((sizes & 0x3fff) + 1) * (((sizes >> 14) & 0x3fff) + 1);
    }

    /** Some programs begin the chunk as a JPEG's segment. */
    private static byte[] tiff(byte[] chunk) {
        return chunk.length > EXIF.length && Arrays.equals(chunk, 0, EXIF.length, EXIF, 0, EXIF.length)
                ? Arrays.copyOfRange(chunk, EXIF.length, chunk.length)
                : chunk;
    }
}

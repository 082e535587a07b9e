package broadsheet.article.media.imaging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The markers of a JPEG (ITU-T T.81, annex B), read before anything is decoded.
 *
 * @param progressive whether a decoder must hold all coefficients until the last scan
 * @param scans how often a decoder passes over the whole picture
 * @param exif the TIFF block of the first Exif segment
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record JpegStructure(boolean progressive, int scans, byte @Nullable [] exif) {

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP1 = 0xe1;
    private static final int TEM = 0x01;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    static JpegStructure of(byte[] file) {
        boolean progressive = false;
        int scans = 0;
        byte[] exif = null;
        int at = 0;
        while (true) {
            at = startOfMarker(file, at);
            int marker = file[at++] & 0xff;
            if (marker == EOI) {
                return new JpegStructure(progressive, scans, exif);
            }
            if (marker == SOI || marker == TEM || isRestart(marker)) {
                continue;
            }
            int end = endOfSegment(file, at);
            if (marker == SOS) {
                scans++;
                end = endOfScan(file, end);
            } else if (marker == APP1 && exif == null && startsWith(file, at + 2, EXIF)) {
                exif = Arrays.copyOfRange(file, at + 2 + EXIF.length, end);
            } else if (marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce) {
                progressive = true;
            }
            at = end;
        }
    }

    /** Where the number of the marker stands; any number of 0xff may be before it. */
    private static int startOfMarker(byte[] file, int at) {
        int start = at;
        while (start < file.length && file[start] == (byte) 0xff) {
            start++;
        }
        if (start == at || start >= file.length) {
            throw UnusableImageException.broken("The JPEG ends early or is damaged");
        }
        return start;
    }

    private static int endOfSegment(byte[] file, int at) {
        int length = at + 2 <= file.length ? Bytes.int16(file, at) : 0;
        if (length < 2 || at + length > file.length) {
            throw UnusableImageException.broken("The JPEG ends early or is damaged");
        }
        return at + length;
    }

    /** In a scan 0xff is followed by 0x00 where it is data. */
    private static int endOfScan(byte[] file, int start) {
        int at = start;
        while (at + 1 < file.length) {
            int next = file[at + 1] & 0xff;
            if (file[at] == (byte) 0xff && next != 0 && next != 0xff && !isRestart(next)) {
                return at;
            }
            at++;
        }
        throw UnusableImageException.broken("The JPEG ends early");
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xd0 && marker <= 0xd7;
    }

    private static boolean startsWith(byte[] file, int at, byte[] word) {
        return at + word.length <= file.length && Arrays.equals(file, at, at + word.length, word, 0, word.length);
    }
}

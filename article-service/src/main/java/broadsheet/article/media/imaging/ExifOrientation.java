package broadsheet.article.media.imaging;

import org.jspecify.annotations.Nullable;

/** How a camera was held (Exif 2.32, tag 0x0112), 1 to 8: all that is taken from a picture's metadata. */
record ExifOrientation(int value) {

    static final ExifOrientation UPRIGHT = new ExifOrientation(1);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** Of a TIFF block; what cannot be read says nothing. */
    static ExifOrientation of(byte @Nullable [] tiff) {
        if (tiff == null || tiff.length < 8) {
            return UPRIGHT;
        }
        boolean littleEndian = tiff[0] == 'I';
        int directory = int32(tiff, 4, littleEndian);
        if (directory < 8 || directory > tiff.length - 2) {
            return UPRIGHT;
        }
        int entries = int16(tiff, directory, littleEndian);
        for (int n = 0; n < entries; n++) {
            int at = directory + 2 + n * ENTRY;
            if (at > tiff.length - ENTRY) {
                return UPRIGHT;
            }
            if (int16(tiff, at, littleEndian) == TAG && int16(tiff, at + 2, littleEndian) == SHORT) {
                int value = int16(tiff, at + 8, littleEndian);
                return value >= 1 && value <= 8 ? new ExifOrientation(value) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether height and width change places. */
    boolean isTurned() {
        return value >= 5;
    }

    Pixels upright(Pixels held) {
        if (value == 1) {
            return held;
        }
        int w = held.width();
        int h = held.height();
        int width = isTurned() ? h : w;
        int[] turned = new int[w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int to = switch (value) {
                    case 2 -> at(w - 1 - x, y, width);
                    case 3 -> at(w - 1 - x, h - 1 - y, width);
                    case 4 -> at(x, h - 1 - y, width);
                    case 5 -> at(y, x, width);
                    case 6 -> at(h - 1 - y, x, width);
                    case 7 -> at(h - 1 - y, w - 1 - x, width);
                    default -> at(y, w - 1 - x, width);
                };
                turned[to] = held.argb()[y * w + x];
            }
        }
        return new Pixels(width, isTurned() ? w : h, turned);
    }

    private static int at(int x, int y, int width) {
        return y * width + x;
    }

    private static int int16(byte[] tiff, int at, boolean littleEndian) {
        return littleEndian ? Bytes.littleEndian16(tiff, at) : Bytes.int16(tiff, at);
    }

    private static int int32(byte[] tiff, int at, boolean littleEndian) {
        return littleEndian ? Bytes.littleEndian32(tiff, at) : Bytes.int32(tiff, at);
    }
}

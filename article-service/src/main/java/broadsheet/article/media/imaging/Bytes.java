package broadsheet.article.media.imaging;

/** Numbers in a file. */
final class Bytes {

    private Bytes() {}

    static int int32(byte[] file, int at) {
        return (int16(file, at) << 16) | int16(file, at + 2);
    }

    static int int16(byte[] file, int at) {
        return ((file[at] & 0xff) << 8) | (file[at + 1] & 0xff);
    }

    static int littleEndian32(byte[] file, int at) {
        return Integer.reverseBytes(int32(file, at));
    }

    static int littleEndian16(byte[] file, int at) {
        return (file[at] & 0xff) | ((file[at + 1] & 0xff) << 8);
    }
}

package broadsheet.article.totp;

/** Base32 (RFC 4648) without padding, which Java does not have. */
final class Base32 {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int buffer = 0;
        for (byte next : bytes) {
            buffer = (buffer << Byte.SIZE) | (next & 0xff);
            for (bits += Byte.SIZE; bits >= BITS; bits -= BITS) {
                text.append(DIGITS.charAt((buffer >> (bits - BITS)) & 0x1f));
            }
        }
        if (bits > 0) {
            text.append(DIGITS.charAt((buffer << (BITS - bits)) & 0x1f));
        }
        return text.toString();
    }
}

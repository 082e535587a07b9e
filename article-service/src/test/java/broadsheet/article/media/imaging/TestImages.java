package broadsheet.article.media.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Pictures as cameras, programs and attackers make them. */
public final class TestImages {

    private TestImages() {}

    /** Red on its left half and blue on its right, with a grain that does not compress away. */
    public static Pixels redAndBlue(int width, int height) {
        int[] argb = new int[width * height];
        for (int n = 0; n < argb.length; n++) {
            int grain = ((n * 31) ^ (n >> 3)) & 0x0f;
            argb[n] = 0xff000000 | (grain << 8) | (n % width < width / 2 ? 0xe00000 : 0x0000e0);
        }
        return new Pixels(width, height, argb);
    }

    public static byte[] jpeg(int width, int height) {
        return ImageEncoder.jpeg(redAndBlue(width, height));
    }

    public static byte[] png(int width, int height) {
        return ImageEncoder.png(redAndBlue(width, height), true);
    }

    static byte[] gif(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        image.createGraphics().drawImage(redAndBlue(width, height).image(true), 0, 0, null);
        ImageIO.write(image, "gif", bytes);
        return bytes.toByteArray();
    }

    /** The JPEG with an Exif segment that says how the camera was held, and where. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] tiff = tiff(orientation);
        var segment = ByteBuffer.allocate(4 + 6 + tiff.length)
                .put((byte) 0xff)
                .put((byte) 0xe1)
                .putShort((short) (2 + 6 + tiff.length))
                .put("Exif\0\0".getBytes(ISO_8859_1))
                .put(tiff);
        return joined(first(jpeg, 2), segment.array(), rest(jpeg, 2));
    }

    static byte[] tiff(int orientation) {
        byte[] place = "52.5200 N 13.4050 E".getBytes(ISO_8859_1);
        return ByteBuffer.allocate(8 + 2 + 12 + 4 + place.length)
                .put("MM\0*".getBytes(ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .put(place)
                .array();
    }

    /** The PNG with one more chunk behind its header. */
    static byte[] withChunk(byte[] png, String name, byte[] content) {
        int headerEnd = 8 + 8 + 13 + 4;
        return joined(first(png, headerEnd), chunk(name, content), rest(png, headerEnd));
    }

    static byte[] chunk(String name, byte[] content) {
        var checksum = new CRC32();
        checksum.update(name.getBytes(ISO_8859_1));
        checksum.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name.getBytes(ISO_8859_1))
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }

    /** So many zeros, compressed. */
    static byte[] deflatedZeros(long count) {
        var deflater = new Deflater(9);
        var bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        byte[] out = new byte[1 << 16];
        for (long left = count; left > 0; left -= zeros.length) {
            deflater.setInput(zeros);
            while (!deflater.needsInput()) {
                bytes.write(out, 0, deflater.deflate(out));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            bytes.write(out, 0, deflater.deflate(out));
        }
        deflater.end();
        return bytes.toByteArray();
    }

    /** A PNG whose header claims a size. */
    public static byte[] pngBomb(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 6, 0, 0, 0})
                .array();
        return joined(
                "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1),
                chunk("IHDR", header),
                chunk("IDAT", deflatedZeros(1 << 20)),
                chunk("IEND", new byte[0]));
    }

    static BufferedImage decoded(byte[] file) throws IOException {
        var reader = InputFormat.of(file).orElseThrow().reader();
        try (var input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input);
            return reader.read(0);
        }
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}

package broadsheet.article.media.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes pictures without any metadata. */
final class ImageEncoder {

    private static final float JPEG_QUALITY = 0.85f;

    private ImageEncoder() {}

    /** In several scans, which takes a tenth less, and shows the whole picture early. */
    static byte[] jpeg(Pixels pixels) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(JPEG_QUALITY);
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return write(writer, new IIOImage(pixels.image(true), null, null), how);
    }

    static byte[] png(Pixels pixels, boolean opaque) {
        return write(
                ImageIO.getImageWritersByFormatName("png").next(),
                new IIOImage(pixels.image(opaque), null, null),
                null);
    }

    static byte[] write(ImageWriter writer, IIOImage image, @Nullable ImageWriteParam how) {
        var bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, image, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}

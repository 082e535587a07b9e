package broadsheet.article.media.imaging;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes WebP by libwebp, which is native code; of what it is given every byte is ours. Where it cannot be loaded, such as
 * on a system it was not made for, pictures have no WebP.
 */
final class WebPEncoder {

    private static final Logger log = LoggerFactory.getLogger(WebPEncoder.class);
    private static final String UNPACKED_IN = "com.luciad.imageio.webp.tmpdir";
    private static final float QUALITY = 0.8f;

    private final boolean loaded;

    private WebPEncoder(boolean loaded) {
        this.loaded = loaded;
    }

    static WebPEncoder load() {
        try {
            unpackInAFolderOfItsOwn();
            var encoder = new WebPEncoder(true);
            encoder.write(new Pixels(1, 1, new int[] {0xff808080}), true, false);
            return encoder;
        } catch (IOException | RuntimeException | LinkageError e) {
            return without(e);
        }
    }

    static WebPEncoder none() {
        return new WebPEncoder(false);
    }

    private static WebPEncoder without(Throwable e) {
        log.warn("Pictures are made without WebP: its library does not load ({})", e.toString());
        return none();
    }

    /** In the common one it would first look through all files of the machine's. */
    private static void unpackInAFolderOfItsOwn() throws IOException {
        if (System.getProperty(UNPACKED_IN) == null) {
            Path folder = Files.createTempDirectory("broadsheet-webp");
            folder.toFile().deleteOnExit();
            System.setProperty(UNPACKED_IN, folder.toString());
        }
    }

    Optional<byte[]> encode(Pixels pixels, boolean opaque, boolean lossless) {
        return loaded ? Optional.of(write(pixels, opaque, lossless)) : Optional.empty();
    }

    private byte[] write(Pixels pixels, boolean opaque, boolean lossless) {
        ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
        var how = (WebPWriteParam) writer.getDefaultWriteParam();
        how.setCompressionType(lossless ? CompressionType.Lossless : CompressionType.Lossy);
        how.setCompressionQuality(lossless ? 0.5f : QUALITY);
        return ImageEncoder.write(writer, new IIOImage(pixels.image(opaque), null, null), how);
    }
}

package broadsheet.article.media.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The formats that are taken, known by how a file begins and never by its name, and who reads them: Java code alone. */
enum InputFormat {
    JPEG,
    PNG,
    GIF,
    WEBP;

    private static final ImageReaderSpi JPEG_READERS = registered(new JPEGImageReaderSpi());
    private static final ImageReaderSpi WEBP_READERS = new WebPImageReaderSpi();

    static Optional<InputFormat> of(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 12), ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        return start.startsWith("RIFF") && start.startsWith("WEBP", 8) ? Optional.of(WEBP) : Optional.empty();
    }

    ImageReader reader() throws IOException {
        return switch (this) {
            case JPEG -> JPEG_READERS.createReaderInstance(null);
            case WEBP -> WEBP_READERS.createReaderInstance(null);
            case PNG, GIF -> ofTheJdk(name());
        };
    }

    /** Whether nothing was lost when it was encoded, as in a drawing or a screenshot. */
    boolean isLossless() {
        return this == PNG || this == GIF;
    }

    /** It finds the JDK's own, which it stands on, when it is registered. */
    private static ImageReaderSpi registered(ImageReaderSpi readers) {
        IIORegistry.getDefaultInstance().registerServiceProvider(readers);
        return readers;
    }

    private static ImageReader ofTheJdk(String format) {
        var readers = new ArrayList<ImageReader>();
        ImageIO.getImageReadersByFormatName(format).forEachRemaining(readers::add);
        return readers.stream()
                .filter(reader -> reader.getClass().getName().startsWith("com.sun.imageio."))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "This Java reads no " + format + ", only " + Arrays.toString(ImageIO.getReaderFormatNames())));
    }
}

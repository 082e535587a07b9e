package broadsheet.article.media.imaging;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the first frame of a file, upright and no wider than the largest size. How large it is, is known before it is
 * decoded; of a large one every second or third pixel is left out, so that no more than 64 MiB of it are in memory.
 */
final class ImageDecoder {

    /** More than any program writes; each takes as long as the whole picture, and none can be interrupted. */
    private static final int MAX_SCANS = 100;

    private static final int MAX_SIDE = 16_383;
    private static final long MAX_DECODED_BYTES = 64 << 20;

    /** Of the largest size: so tall a picture becomes narrower. */
    private static final double MAX_KEPT_PIXELS = 8_000_000;

    private final ImageLimits limits;

    ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    Pixels decode(InputFormat format, byte[] file) {
        return switch (format) {
            case JPEG -> {
                var structure = JpegStructure.of(file);
                if (structure.scans() > MAX_SCANS) {
                    throw UnusableImageException.tooLarge("The JPEG has more than " + MAX_SCANS + " scans");
                }
                yield decode(format, file, structure.progressive() ? 2 : 1, structure.exif());
            }
            case PNG -> {
                var chunks = PngChunks.of(file);
                yield decode(format, chunks.picture(), 1, chunks.exif());
            }
            case GIF -> decode(format, file, 1, null);
            case WEBP -> {
                var chunks = WebPChunks.of(file);
                requireFewPixels(chunks.pixels(), 2);
                yield decode(format, file, 2, chunks.exif());
            }
        };
    }

    private Pixels decode(InputFormat format, byte[] file, int pixelCost, byte @Nullable [] exif) {
        try (var input = new ByteArrayImageInputStream(file)) {
            ImageReader reader = format.reader();
            try {
                reader.setInput(input, true, true);
                return scaled(read(reader, pixelCost), ExifOrientation.of(exif));
            } finally {
                reader.dispose();
            }
        } catch (UnusableImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // readers throw whatever a damaged file brings about
            throw UnusableImageException.broken("The " + format + " is damaged and cannot be read");
        }
    }

    private BufferedImage read(ImageReader reader, int pixelCost) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1) {
            throw UnusableImageException.broken("The picture has no size");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw UnusableImageException.tooLarge(
                    "The picture is " + width + " × " + height + "; a side may have " + MAX_SIDE + " pixels");
        }
        requireFewPixels((long) width * height, pixelCost);
        int step = step(width, height, bytesPerPixel(reader));
        ImageReadParam how = reader.getDefaultReadParam();
        how.setSourceSubsampling(step, step, 0, 0);
        var deadline = new Deadline(limits.timeLimit());
        reader.addIIOReadProgressListener(deadline);
        BufferedImage image = reader.read(0, how);
        if (deadline.isPassed()) {
            throw UnusableImageException.tooLarge(
                    "The picture is not decoded within " + limits.timeLimit().toSeconds() + " seconds");
        }
        return image;
    }

    private void requireFewPixels(long pixels, int pixelCost) {
        int most = limits.maxPixels() / pixelCost;
        if (pixels > most) {
            throw UnusableImageException.tooLarge(
                    "The picture has " + pixels + " pixels; one of its kind may have " + most);
        }
    }

    private static int step(int width, int height, int bytesPerPixel) {
        int step = 1;
        while ((long) (width / step) * (height / step) * bytesPerPixel > MAX_DECODED_BYTES) {
            step++;
        }
        return step;
    }

    private static int bytesPerPixel(ImageReader reader) throws IOException {
        SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
        int bits = 0;
        for (int size : samples.getSampleSize()) {
            bits += size;
        }
        return Math.max(1, bits / 8);
    }

    private Pixels scaled(BufferedImage image, ExifOrientation orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        double ratio = Math.min(
                Math.min(1, (double) limits.largestWidth() / (orientation.isTurned() ? height : width)),
                Math.sqrt(MAX_KEPT_PIXELS / ((double) width * height)));
        var rows = DecodedRows.of(image);
        Pixels scaled =
                Downscaler.scale(rows.rows(), width, height, Sides.scaled(width, ratio), Sides.scaled(height, ratio));
        return orientation.upright(rows.profile() == null ? scaled : ColorProfiles.toSrgb(scaled, rows.profile()));
    }
}

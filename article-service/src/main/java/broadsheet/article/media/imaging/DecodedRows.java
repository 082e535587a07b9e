package broadsheet.article.media.imaging;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a decoded picture. Its own numbers are taken as they are where they are colours or grey, since Java takes the
 * grey of a file for linear and shows it too light, and converts each pixel of a colour profile alone.
 *
 * @param profile the colour space in which the rows are, where it is another one than sRGB
 */
record DecodedRows(Downscaler.Rows rows, @Nullable ColorSpace profile) {

    static DecodedRows of(BufferedImage image) {
        int width = image.getWidth();
        if (!(image.getColorModel() instanceof ComponentColorModel colors) || !isPlain(image, colors)) {
            return new DecodedRows((y, row) -> image.getRGB(0, y, width, 1, row, 0, width), null);
        }
        ColorSpace space = colors.getColorSpace();
        boolean isForeign = space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB();
        return new DecodedRows(samples(image), isForeign ? space : null);
    }

    private static boolean isPlain(BufferedImage image, ComponentColorModel colors) {
        int bits = image.getSampleModel().getSampleSize(0);
        int bands = image.getSampleModel().getNumBands();
        return (bits == 8 || bits == 16)
                && !colors.isAlphaPremultiplied()
                && switch (colors.getColorSpace().getType()) {
                    case ColorSpace.TYPE_GRAY -> bands == (colors.hasAlpha() ? 2 : 1);
                    case ColorSpace.TYPE_RGB -> bands == (colors.hasAlpha() ? 4 : 3);
                    default -> false;
                };
    }

    private static Downscaler.Rows samples(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        int[] samples = new int[width * bands];
        int colors = bands < 3 ? 1 : 3;
        return (y, row) -> {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int red = samples[at] >> shift;
                int green = colors == 1 ? red : samples[at + 1] >> shift;
                int blue = colors == 1 ? red : samples[at + 2] >> shift;
                int alpha = bands == colors ? 0xff : samples[at + colors] >> shift;
                row[x] = (alpha << 24) | (red << 16) | (green << 8) | blue;
            }
        };
    }
}

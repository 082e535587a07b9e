package broadsheet.article.media.imaging;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;

/** Colours of other profiles, such as those of phones (Display P3), as sRGB: a profile is not kept. */
final class ColorProfiles {

    private ColorProfiles() {}

    static Pixels toSrgb(Pixels pixels, ColorSpace profile) {
        var colors = new ComponentColorModel(profile, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        WritableRaster samples = colors.createCompatibleWritableRaster(pixels.width(), pixels.height());
        byte[] row = new byte[3 * pixels.width()];
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                int pixel = pixels.argb()[y * pixels.width() + x];
                row[3 * x] = (byte) (pixel >> 16);
                row[3 * x + 1] = (byte) (pixel >> 8);
                row[3 * x + 2] = (byte) pixel;
            }
            samples.setDataElements(0, y, pixels.width(), 1, row);
        }
        var converted = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        new ColorConvertOp(null).filter(new BufferedImage(colors, samples, false, null), converted);
        int[] argb = new int[pixels.argb().length];
        converted.getRaster().getDataElements(0, 0, pixels.width(), pixels.height(), argb);
        for (int n = 0; n < argb.length; n++) {
            argb[n] = (pixels.argb()[n] & 0xff000000) | (argb[n] & 0xffffff);
        }
        return new Pixels(pixels.width(), pixels.height(), argb);
    }
}

package broadsheet.article.media.imaging;

import java.awt.image.BufferedImage;

/** A picture in memory: alpha, red, green and blue of a pixel in an int (sRGB, not premultiplied), row by row. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pixels(int width, int height, int[] argb) {

    boolean isOpaque() {
        for (int pixel : argb) {
            if (pixel >>> 24 != 0xff) {
                return false;
            }
        }
        return true;
    }

    BufferedImage image(boolean opaque) {
        var image = new BufferedImage(width, height, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        image.getRaster().setDataElements(0, 0, width, height, argb);
        return image;
    }
}

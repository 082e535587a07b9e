package broadsheet.article.media.imaging;

import java.util.Arrays;

/**
 * Makes a picture smaller: each pixel becomes the mean of the area that it covers, weighted by how much of it and by its
 * opacity. It never needs more than two rows beside the result.
 */
final class Downscaler {

    /** Puts a row of a picture into an array. */
    @FunctionalInterface
    interface Rows {
        void read(int y, int[] argb);
    }

    private final int width;
    private final int toWidth;
    private final int toHeight;
    private final int[] scaled;
    private final float[] sums;

    private Downscaler(int width, int toWidth, int toHeight) {
        this.width = width;
        this.toWidth = toWidth;
        this.toHeight = toHeight;
        this.scaled = new int[toWidth * toHeight];
        this.sums = new float[4 * toWidth];
    }

    static Pixels scale(Pixels pixels, int toWidth, int toHeight) {
        if (toWidth == pixels.width() && toHeight == pixels.height()) {
            return pixels;
        }
        return scale(
                (y, row) -> System.arraycopy(pixels.argb(), y * pixels.width(), row, 0, pixels.width()),
                pixels.width(),
                pixels.height(),
                toWidth,
                toHeight);
    }

    /** Neither side may grow. */
    static Pixels scale(Rows rows, int width, int height, int toWidth, int toHeight) {
        var scaler = new Downscaler(width, toWidth, toHeight);
        int[] row = new int[width];
        float[] line = new float[4 * toWidth];
        double ratio = (double) toHeight / height;
        int made = 0;
        for (int y = 0; y < height; y++) {
            rows.read(y, row);
            scaler.shrink(row, line);
            double end = y == height - 1 ? toHeight : (y + 1) * ratio;
            double inNext = Math.max(0, end - (made + 1));
            scaler.add(line, (float) (ratio - inNext));
            if (end >= made + 1) {
                scaler.finishRow(made++);
                scaler.add(line, (float) inNext);
            }
        }
        return new Pixels(toWidth, toHeight, scaler.scaled);
    }

    /** Sums of alpha and of the colours times alpha, each weighted by the part of the width that it covers. */
    private void shrink(int[] row, float[] line) {
        Arrays.fill(line, 0);
        double ratio = (double) toWidth / width;
        int to = 0;
        for (int x = 0; x < width; x++) {
            double end = x == width - 1 ? toWidth : (x + 1) * ratio;
            double inNext = Math.max(0, end - (to + 1));
            put(line, to, row[x], (float) (ratio - inNext));
            if (end >= to + 1 && to + 1 < toWidth) {
                to++;
                if (inNext > 0) {
                    put(line, to, row[x], (float) inNext);
                }
            }
        }
    }

    private static void put(float[] line, int to, int pixel, float weight) {
        float alpha = (pixel >>> 24) * weight;
        line[4 * to] += alpha;
        line[4 * to + 1] += ((pixel >> 16) & 0xff) * alpha;
        line[4 * to + 2] += ((pixel >> 8) & 0xff) * alpha;
        line[4 * to + 3] += (pixel & 0xff) * alpha;
    }

    private void add(float[] line, float weight) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] += line[n] * weight;
        }
    }

    private void finishRow(int y) {
        if (y < toHeight) {
            for (int x = 0; x < toWidth; x++) {
                float alpha = sums[4 * x];
                scaled[y * toWidth + x] = alpha < 0.5f
                        ? 0
                        : (byteOf(alpha) << 24)
                                | (byteOf(sums[4 * x + 1] / alpha) << 16)
                                | (byteOf(sums[4 * x + 2] / alpha) << 8)
                                | byteOf(sums[4 * x + 3] / alpha);
            }
        }
        Arrays.fill(sums, 0);
    }

    private static int byteOf(float value) {
        return Math.min(255, Math.max(0, Math.round(value)));
    }
}

package broadsheet.article.media.imaging;

import java.time.Duration;
import java.util.List;

/**
 * What a picture may cost.
 *
 * @param maxPixels of the file; half as many where its format needs all of them in memory at once
 * @param widths in pixels of the sizes that are made; the largest is that of the picture itself where it is narrower
 * @param timeLimit until it is decoded
 */
public record ImageLimits(int maxPixels, List<Integer> widths, Duration timeLimit) {

    public ImageLimits {
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1 || width > 4_096)) {
            throw new IllegalArgumentException("widths must be between 1 and 4096, not " + widths);
        }
        widths = widths.stream().sorted().distinct().toList();
    }

    int largestWidth() {
        return widths.get(widths.size() - 1);
    }
}

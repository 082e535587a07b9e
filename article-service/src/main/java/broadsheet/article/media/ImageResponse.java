package broadsheet.article.media;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture as staff gets it; {@code url} is what an article refers to, each of {@code sizes} may stand in {@code srcset}. */
record ImageResponse(
        String id,
        long version,
        String url,
        int width,
        int height,
        @Nullable String alt,
        @Nullable String credit,
        List<SizeResponse> sizes,
        String uploadedBy,
        Instant uploadedAt) {

    /** A file of it: its width and height in pixels, its media type, its length. */
    record SizeResponse(String url, int width, int height, String type, int bytes) {}

    static ImageResponse of(Image image) {
        return new ImageResponse(
                image.id(),
                image.version(),
                image.url(),
                image.width(),
                image.height(),
                image.alt(),
                image.credit(),
                image.sizes().stream()
                        .map(size -> new SizeResponse(
                                image.url(size),
                                size.width(),
                                size.height(),
                                size.type().mediaType(),
                                size.bytes()))
                        .toList(),
                image.uploadedBy(),
                image.uploadedAt());
    }
}

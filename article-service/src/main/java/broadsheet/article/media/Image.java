package broadsheet.article.media;

import broadsheet.article.media.imaging.ConvertedImage;
import broadsheet.article.media.imaging.EncodedSize;
import broadsheet.article.media.imaging.ImageType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A picture that staff brought; its files are written once and never change.
 *
 * @param id the SHA-256 of its largest file, in hex
 * @param state whether its files are there: they are stored after the document and removed before it
 * @param alt what is to be seen, for those who cannot see it
 * @param credit who made it
 * @param changedAt when its state became what it is
 * @param usedAt when an article that shows it was saved last; null before there was one
 */
@Document("images")
public record Image(
        @Id String id,
        long version,
        State state,
        int width,
        int height,
        @Nullable String alt,
        @Nullable String credit,
        List<Size> sizes,
        String uploadedBy,
        Instant uploadedAt,
        Instant changedAt,
        @Nullable Instant usedAt) {

    /** What stands before the id in the address of each file. */
    public static final String PATH = "/media/";

    enum State {
        STORING,
        STORED,
        REMOVING
    }

    /** A file of the picture: {@code width} and {@code height} in pixels, {@code hash} tells its bytes from any other's. */
    public record Size(int width, int height, ImageType type, int bytes, String hash) {

        static Size of(EncodedSize size, String hash) {
            return new Size(size.width(), size.height(), size.type(), size.bytes().length, hash);
        }

        String fileName() {
            return width + "." + type.ending();
        }
    }

    static Image storing(
            ConvertedImage made,
            List<Size> sizes,
            @Nullable String alt,
            @Nullable String credit,
            String by,
            Instant now) {
        return new Image(
                made.id(), 1, State.STORING, made.width(), made.height(), alt, credit, sizes, by, now, now, null);
    }

    /** The address of the largest size that every browser shows. */
    public String url() {
        Size largest = sizes.stream()
                .filter(size -> size.type() != ImageType.WEBP)
                .reduce((narrower, wider) -> wider)
                .orElseThrow();
        return url(largest);
    }

    public String url(Size size) {
        return PATH + id + "/" + size.fileName();
    }
}

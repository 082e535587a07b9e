package broadsheet.article.media.imaging;

/** A picture in one size and one type, measured in pixels. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedSize(int width, int height, ImageType type, byte[] bytes) {}

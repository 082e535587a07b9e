package broadsheet.article.media.imaging;

import java.util.List;

/**
 * A picture as readers get it, with nothing of the file that it came in but what can be seen.
 *
 * @param id the SHA-256 of the largest size that every browser can show, in hex
 * @param sizes narrowest first, of one width the WebP last
 */
public record ConvertedImage(String id, int width, int height, List<EncodedSize> sizes) {}

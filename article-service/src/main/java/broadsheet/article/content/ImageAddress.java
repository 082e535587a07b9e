package broadsheet.article.content;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The address of an image: an absolute https URI or a path on the site (RFC 3986). */
public final class ImageAddress {

    private ImageAddress() {}

    public static boolean isValid(String address) {
        try {
            var uri = new URI(address);
            return uri.getScheme() == null
                    ? uri.getRawAuthority() == null && address.startsWith("/")
                    : "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What lies in the store may be older than today's rules; null where no page can show it. */
    static @Nullable String validOrNull(@Nullable String address) {
        return address != null && isValid(address) ? address : null;
    }
}

package broadsheet.article.content;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which pictures of our own a content shows: the ids in addresses such as {@code /media/{id}/1024.jpg}. */
public final class MediaReferences {

    private static final Pattern REFERENCE = Pattern.compile("/media/([0-9a-f]{64})/");

    private MediaReferences() {}

    /** The ids, 64 hexadecimal digits each. */
    public static Set<String> in(Content content) {
        var ids = new TreeSet<String>();
        collect(content.body().html(), ids);
        String cover = content.coverImage();
        if (cover != null) {
            collect(cover, ids);
        }
        return ids;
    }

    /** Those in a text. */
    public static Set<String> in(String text) {
        var ids = new TreeSet<String>();
        collect(text, ids);
        return ids;
    }

    private static void collect(String text, Set<String> ids) {
        Matcher references = REFERENCE.matcher(text);
        while (references.find()) {
            ids.add(references.group(1));
        }
    }
}

package broadsheet.article.imports.picture;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the picture that a Markdown file shows can lie in the archive, as Jekyll, Hugo and Hexo lay out their folders. */
final class ArchivedPaths {

    private static final Pattern SITE = Pattern.compile("^(.*?)(?:_posts|_drafts|content|source|posts?)/.*$");

    private ArchivedPaths() {}

    /** @param file the name of the Markdown file */
    static Stream<String> of(String file, String address) {
        String plain = address.replaceFirst("[?#].*$", "");
        return Stream.of(plain, decoded(plain))
                .distinct()
                .flatMap(path -> paths(file, path))
                .map(ArchivedPaths::normal)
                .filter(java.util.Objects::nonNull)
                .distinct();
    }

    private static Stream<String> paths(String file, String path) {
        String relative = path.replaceFirst("^/+", "");
        String folder = file.substring(0, file.lastIndexOf('/') + 1);
        Matcher place = SITE.matcher(file);
        String site = place.matches() ? place.group(1) : "";
        Stream<String> ofSite = Stream.of("", "static/", "source/", "assets/", "content/", "public/")
                .map(root -> site + root + relative);
        String bundle = file.replaceFirst("\\.[^./]+$", "/");
        Stream<String> ofFile = Stream.of(folder + relative, bundle + relative);
        return path.startsWith("/") ? Stream.concat(ofSite, ofFile) : Stream.concat(ofFile, ofSite);
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    /** Null for what points out of the archive. */
    private static @Nullable String normal(String path) {
        var parts = new ArrayDeque<String>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}

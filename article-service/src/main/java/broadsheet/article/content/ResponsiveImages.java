package broadsheet.article.content;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Names all sizes of our own pictures in a body, and how large they are: a browser takes the size that fits, keeps its place
 * free until it is there, and reads it once it is near.
 */
public final class ResponsiveImages {

    /** Of an article; more than anyone shows, and few beside what a body may be. */
    public static final int MOST = 500;

    /** How wide a page of ours shows a picture: as {@code site.css} lays its column out. */
    static final String SIZES = "(max-width: 44rem) calc(100vw - 2rem), 42rem";

    private static final String CANDIDATE = "/media/[0-9a-f]{64}/\\d{1,5}\\.(?:jpg|png|webp) \\d{1,5}w";
    private static final Pattern SRCSET = Pattern.compile(CANDIDATE + "(?:, " + CANDIDATE + "){0,31}");
    private static final Pattern OURS = Pattern.compile("/media/([0-9a-f]{64})/");

    private ResponsiveImages() {}

    /** A picture of our own; its width and height in pixels. */
    public record Picture(int width, int height, List<File> files) {}

    /** One size of it: a path on the site, and its width in pixels. */
    public record File(String path, int width) {}

    /**
     * The HTML with the sizes of the pictures in it. What an author says of width, height and loading stays.
     *
     * @param pictures by their ids
     */
    static String in(String html, Map<String, Picture> pictures) {
        Document body = Jsoup.parseBodyFragment(html);
        body.outputSettings().prettyPrint(false);
        int described = 0;
        for (Element image : body.select("img")) {
            image.removeAttr("srcset").removeAttr("sizes");
            Matcher ours = OURS.matcher(image.attr("src"));
            Picture picture = ours.lookingAt() ? pictures.get(ours.group(1)) : null;
            if (picture != null && described++ < MOST) {
                describe(image, picture);
            }
        }
        return body.body().html();
    }

    /** Whether it names files of our own pictures alone. */
    static boolean isSrcset(String value) {
        return SRCSET.matcher(value).matches();
    }

    private static void describe(Element image, Picture picture) {
        if (!image.hasAttr("width") && !image.hasAttr("height")) {
            image.attr("width", Integer.toString(picture.width));
            image.attr("height", Integer.toString(picture.height));
        }
        if (!image.hasAttr("loading")) {
            image.attr("loading", "lazy");
        }
        image.attr(
                "srcset",
                picture.files.stream()
                        .map(file -> file.path + " " + file.width + "w")
                        .collect(Collectors.joining(", ")));
        image.attr("sizes", SIZES);
    }
}

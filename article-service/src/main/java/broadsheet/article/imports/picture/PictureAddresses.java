package broadsheet.article.imports.picture;

import broadsheet.article.content.Body;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The addresses of the pictures that a body shows: which they are, and others instead of them. */
public final class PictureAddresses {

    private static final String SOURCE = "src";
    private static final String LINK = "href";
    private static final String BEFORE = "(?<![^\\s(<\"'=:\\]])";
    private static final String BEHIND = "(?![^\\s)>\"'])";

    private PictureAddresses() {}

    public static Set<String> of(Body body) {
        var addresses = new LinkedHashSet<String>();
        if (body.html().contains("<img")) {
            Jsoup.parseBodyFragment(body.html())
                    .select("img[src]")
                    .forEach(picture -> addresses.add(picture.attr(SOURCE).strip()));
        }
        return addresses;
    }

    /** Links to the same address too: they open the picture. */
    public static Body replaced(Body body, Map<String, String> others) {
        return others.isEmpty()
                ? body
                : Body.of(
                        body.format(),
                        switch (body.format()) {
                            case HTML -> html(body.text(), others);
                            case MARKDOWN -> markdown(body.text(), others);
                        });
    }

    private static String html(String text, Map<String, String> others) {
        Document document = Jsoup.parseBodyFragment(text);
        document.outputSettings().prettyPrint(false);
        document.select("img[src]").forEach(picture -> replace(picture, SOURCE, others));
        document.select("a[href]").forEach(link -> replace(link, LINK, others));
        return document.body().html();
    }

    private static void replace(Element element, String attribute, Map<String, String> others) {
        String other = others.get(element.attr(attribute).strip());
        if (other != null) {
            element.attr(attribute, other);
        }
    }

    /** Where it stands as a whole, as behind {@code ](}. */
    private static String markdown(String text, Map<String, String> others) {
        String replaced = text;
        for (Map.Entry<String, String> other : others.entrySet()) {
            String escaped = other.getKey().replace("&", "&amp;");
            for (String written : new LinkedHashSet<>(List.of(other.getKey(), escaped))) {
                replaced = Pattern.compile(BEFORE + Pattern.quote(written) + BEHIND)
                        .matcher(replaced)
                        .replaceAll(Matcher.quoteReplacement(other.getValue()));
            }
        }
        return replaced;
    }
}

package broadsheet.article.content;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Makes a body readable away from its page: what it links and shows gets whole addresses. */
public final class AbsoluteLinks {

    private static final List<String> ADDRESSES = List.of("href", "src", "cite");

    private AbsoluteLinks() {}

    /**
     * The HTML with absolute addresses. Other sizes of a picture are left out, as readers of feeds take its {@code src}.
     *
     * @param page the absolute address that relative ones are relative to
     */
    public static String in(String html, String page) {
        Document body = Jsoup.parseBodyFragment(html, page);
        body.outputSettings().prettyPrint(false);
        for (String name : ADDRESSES) {
            for (Element element : body.select("[" + name + "]")) {
                String absolute = element.absUrl(name);
                if (!absolute.isEmpty()) {
                    element.attr(name, absolute);
                }
            }
        }
        body.select("[srcset]").removeAttr("srcset").removeAttr("sizes");
        return body.body().html();
    }
}

package broadsheet.article.content;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Safelist;

/** HTML with nothing in it but what a body needs: no scripts, styles, frames, forms or event handlers. */
final class SafeHtml {

    /** Lets relative links be resolved for the check of their protocol; they are kept as they were. */
    private static final String ANY_ORIGIN = "https://site.invalid/";

    private static final Safelist ALLOWED = new OwnSizes(Safelist.relaxed()
            .addTags("figure", "figcaption", "hr", "s", "del", "ins", "mark", "time", "abbr")
            .addAttributes("abbr", "title")
            .addAttributes("time", "datetime")
            .addAttributes("img", "loading", "srcset", "sizes")
            .addAttributes("td", "align")
            .addAttributes("th", "align")
            .addProtocols("a", "href", "tel")
            .removeProtocols("a", "href", "ftp")
            .preserveRelativeLinks(true));

    private static final Document.OutputSettings AS_WRITTEN = new Document.OutputSettings().prettyPrint(false);

    private SafeHtml() {}

    static String of(String html) {
        return Jsoup.clean(html, ANY_ORIGIN, ALLOWED, AS_WRITTEN);
    }

    /** Of a picture's sizes nothing but what {@link ResponsiveImages} writes. */
    private static final class OwnSizes extends Safelist {

        OwnSizes(Safelist allowed) {
            super(allowed);
        }

        @Override
        public boolean isSafeAttribute(String tag, Element element, Attribute attribute) {
            return super.isSafeAttribute(tag, element, attribute)
                    && switch (attribute.getKey()) {
                        case "srcset" -> ResponsiveImages.isSrcset(attribute.getValue());
                        case "sizes" -> attribute.getValue().equals(ResponsiveImages.SIZES);
                        default -> true;
                    };
        }
    }
}

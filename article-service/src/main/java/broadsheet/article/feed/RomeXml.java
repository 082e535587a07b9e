package broadsheet.article.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rometools.rome.feed.WireFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.util.function.Consumer;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/** XML of Rome's feeds, and what Rome has no words for. */
final class RomeXml {

    private static final Namespace MEDIA = Namespace.getNamespace("media", "http://search.yahoo.com/mrss/");

    private RomeXml() {}

    static byte[] write(WireFeed feed) {
        return write(feed, document -> {});
    }

    static byte[] write(WireFeed feed, Consumer<Document> completion) {
        try {
            Document document = new WireFeedOutput().outputJDom(feed);
            completion.accept(document);
            return new XMLOutputter(Format.getRawFormat().setLineSeparator("\n"))
                    .outputString(document)
                    .getBytes(UTF_8);
        } catch (FeedException e) {
            throw new IllegalStateException("Rome refuses the feed", e);
        }
    }

    /** Media RSS, which readers of RSS and Atom know. */
    static Element picture(String address) {
        return new Element("content", MEDIA).setAttribute("url", address).setAttribute("medium", "image");
    }
}

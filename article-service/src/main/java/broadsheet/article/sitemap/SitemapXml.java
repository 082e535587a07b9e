package broadsheet.article.sitemap;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.content.XmlText;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes one document of the <a href="https://www.sitemaps.org/protocol.html">sitemap protocol</a>, a set of pages or an
 * index of sitemaps, from its first element to {@link #end}.
 */
final class SitemapXml {

    private static final String SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final String NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;
    private final String entry;

    private SitemapXml(String root, String entry, boolean news) {
        this.entry = entry;
        try {
            this.xml = WRITERS.createXMLStreamWriter(bytes, UTF_8.name());
            xml.writeStartDocument(UTF_8.name(), "1.0");
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(SITEMAP);
            if (news) {
                xml.writeNamespace("news", NEWS);
            }
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    static SitemapXml ofSitemaps() {
        return new SitemapXml("sitemapindex", "sitemap", false);
    }

    static SitemapXml ofPages() {
        return new SitemapXml("urlset", "url", false);
    }

    static SitemapXml ofNews() {
        return new SitemapXml("urlset", "url", true);
    }

    /**
     * Adds a page or a sitemap.
     *
     * @param changed null where that is not known
     */
    void add(String address, @Nullable Instant changed) {
        add(address, changed, null);
    }

    void add(String address, @Nullable Instant changed, @Nullable News news) {
        try {
            xml.writeStartElement(entry);
            element("loc", address);
            if (changed != null) {
                element("lastmod", seconds(changed));
            }
            if (news != null) {
                write(news);
            }
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    byte[] end() {
        try {
            xml.writeEndDocument();
            xml.close();
            return bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    /** What Google News asks of an article that is two days old at most. */
    record News(String publication, String language, Instant published, String title) {}

    private void write(News news) throws XMLStreamException {
        xml.writeStartElement(NEWS, "news");
        xml.writeStartElement(NEWS, "publication");
        newsElement("name", news.publication());
        newsElement("language", news.language());
        xml.writeEndElement();
        newsElement("publication_date", seconds(news.published()));
        newsElement("title", news.title());
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(XmlText.of(text));
        xml.writeEndElement();
    }

    private void newsElement(String name, String text) throws XMLStreamException {
        xml.writeStartElement(NEWS, name);
        xml.writeCharacters(XmlText.of(text));
        xml.writeEndElement();
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static IllegalStateException impossible(XMLStreamException e) {
        return new IllegalStateException("Bytes in memory cannot be written", e);
    }
}

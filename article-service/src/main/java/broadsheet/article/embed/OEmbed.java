package broadsheet.article.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.content.XmlText;
import broadsheet.article.site.Site;
import broadsheet.article.workflow.Article;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * An article as <a href="https://oembed.com/">oEmbed 1.0</a> describes it: of the type {@code link}, as nobody's page may
 * frame ours, and HTML of ours in theirs would need their trust.
 */
final class OEmbed {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final Map<String, String> parameters = new LinkedHashMap<>();

    OEmbed(Article article, Site site) {
        parameters.put("version", "1.0");
        parameters.put("type", "link");
        parameters.put("title", XmlText.of(article.content().title()));
        parameters.put("author_name", XmlText.of(article.author().displayName()));
        parameters.put("provider_name", XmlText.of(site.name()));
        parameters.put("provider_url", site.requiredAddress("/"));
    }

    byte[] json() {
        return JSON.writeValueAsBytes(parameters);
    }

    byte[] xml() {
        try {
            var bytes = new ByteArrayOutputStream();
            XMLStreamWriter xml = WRITERS.createXMLStreamWriter(bytes, UTF_8.name());
            xml.writeStartDocument(UTF_8.name(), "1.0");
            xml.writeStartElement("oembed");
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                xml.writeStartElement(parameter.getKey());
                xml.writeCharacters(parameter.getValue());
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
            return bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Bytes in memory cannot be written", e);
        }
    }
}

package broadsheet.article.imports.format;

import static java.util.Objects.requireNonNullElse;

import broadsheet.article.exports.CategoryLine;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The elements of a WordPress export, whose namespaces changed with each version: they are known by their local names. */
final class WordPressXml implements AutoCloseable {

    private static final int MAX_TEXT = 4_000_000;
    private static final int MOST_TERMS = 20_000;
    private static final int MAX_NAME = 1_000;
    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final Reader characters;
    private final XMLStreamReader xml;
    private String language = "";
    private String site = "";

    private WordPressXml(Reader characters) throws XMLStreamException {
        this.characters = characters;
        this.xml = FACTORY.createXMLStreamReader(characters);
    }

    static WordPressXml open(Path file) throws IOException {
        Reader characters = new GuardedXml(XmlEncoding.reader(file));
        try {
            var opened = new WordPressXml(characters);
            opened.requireChannel();
            return opened;
        } catch (XMLStreamException e) {
            characters.close();
            throw unreadable(e);
        } catch (IOException e) {
            characters.close();
            throw e;
        }
    }

    private void requireChannel() throws XMLStreamException, UnreadableFileException {
        while (xml.hasNext() && xml.next() != XMLStreamConstants.START_ELEMENT) {}
        if (!xml.isStartElement() || !xml.getLocalName().equals("rss")) {
            throw new UnreadableFileException("It is no export of WordPress: its root is not <rss>");
        }
    }

    /**
     * The next item; null after the last one.
     *
     * @param authors gets the names of authors by their logins, where they are wanted
     * @param categories gets the categories by their slugs, where they are wanted
     */
    @Nullable WordPressPost nextPost(@Nullable Map<String, String> authors, @Nullable Map<String, CategoryLine> categories)
            throws IOException {
        try {
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "item" -> {
                        return post();
                    }
                    case "language" -> language = text();
                    case "base_blog_url" -> site = text();
                    case "author" -> author(authors);
                    case "category" -> category(categories);
                    default -> {}
                }
            }
            return null;
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    String language() {
        return language.strip();
    }

    String site() {
        return site.strip();
    }

    private WordPressPost post() throws XMLStreamException, UnreadableFileException {
        var post = new WordPressPost();
        while (nextChild("item")) {
            String name = xml.getLocalName();
            String prefix = requireNonNullElse(xml.getPrefix(), "");
            switch (name) {
                case "category" -> {
                    String domain = attribute("domain");
                    String slug = attribute("nicename");
                    post.addTerm(domain, slug, text());
                }
                case "postmeta" -> meta(post);
                case "comment" -> skip("comment");
                case "encoded" -> post.put(prefix.equals("excerpt") ? "excerpt" : "content", text());
                default -> post.put(name, text());
            }
        }
        return post;
    }

    private void meta(WordPressPost post) throws XMLStreamException, UnreadableFileException {
        String key = "";
        while (nextChild("postmeta")) {
            String name = xml.getLocalName();
            String text = text();
            if (name.equals("meta_key")) {
                key = text;
            } else if (name.equals("meta_value") && key.equals("_thumbnail_id")) {
                post.setThumbnail(text.strip());
            }
        }
    }

    private void author(@Nullable Map<String, String> authors) throws XMLStreamException, UnreadableFileException {
        String login = "";
        String name = "";
        while (nextChild("author")) {
            switch (xml.getLocalName()) {
                case "author_login" -> login = text();
                case "author_display_name" -> name = text();
                default -> text();
            }
        }
        if (authors != null && authors.size() < MOST_TERMS && !name.isBlank()) {
            authors.put(Texts.cut(login.strip(), MAX_NAME), Texts.cut(name.strip(), MAX_NAME));
        }
    }

    private void category(@Nullable Map<String, CategoryLine> categories)
            throws XMLStreamException, UnreadableFileException {
        String slug = "";
        String name = "";
        String parent = "";
        while (nextChild("category")) {
            switch (xml.getLocalName()) {
                case "category_nicename" -> slug = text();
                case "cat_name" -> name = text();
                case "category_parent" -> parent = text();
                default -> text();
            }
        }
        if (categories != null && categories.size() < MOST_TERMS && !name.isBlank()) {
            CategoryLine line = WordPressTerms.category(
                    Texts.cut(slug, MAX_NAME), Texts.cut(name.strip(), MAX_NAME), Texts.cut(parent, MAX_NAME));
            categories.put(String.valueOf(line.slug()), line);
        }
    }

    /** Whether there is one more child before the element's end; then it is the current one. */
    private boolean nextChild(String parent) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
                return false;
            }
        }
        return false;
    }

    private void skip(String element) throws XMLStreamException {
        while (xml.hasNext()
                && !(xml.next() == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals(element))) {}
    }

    /** All text below the current element, up to its end. */
    private String text() throws XMLStreamException, UnreadableFileException {
        var text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(xml.getText());
                default -> {}
            }
            if (text.length() > MAX_TEXT) {
                throw new UnreadableFileException("A text in it is longer than " + MAX_TEXT + " characters");
            }
        }
        return text.toString();
    }

    private String attribute(String name) {
        return requireNonNullElse(xml.getAttributeValue(null, name), "");
    }

    private static IOException unreadable(XMLStreamException e) {
        if (e.getNestedException() instanceof UnreadableFileException own) {
            return own;
        }
        return new UnreadableFileException(
                "It is not well-formed XML at line " + e.getLocation().getLineNumber(), e);
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }
}

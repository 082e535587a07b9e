package broadsheet.article.feed;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Generator;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.atom.Person;
import com.rometools.rome.feed.synd.SyndPerson;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/** Writes Atom (RFC 4287), the only format that names the hub that is told of its changes (WebSub). */
final class AtomFeed {

    private AtomFeed() {}

    static byte[] write(Feed feed) {
        var atom = new com.rometools.rome.feed.atom.Feed("atom_1.0");
        atom.setId(feed.address());
        atom.setTitle(feed.title());
        atom.setUpdated(Date.from(feed.updated()));
        atom.setIcon(feed.icon());
        var generator = new Generator();
        generator.setValue("Broadsheet");
        atom.setGenerator(generator);
        atom.setAlternateLinks(List.of(link("alternate", feed.home(), "text/html")));
        var links = new ArrayList<>(List.of(link("self", feed.address(), FeedFormat.ATOM.type())));
        if (feed.hub() != null) {
            links.add(link("hub", feed.hub(), null));
        }
        atom.setOtherLinks(links);
        atom.setEntries(feed.entries().stream().map(AtomFeed::entry).toList());
        return RomeXml.write(atom, document -> nameLanguages(document, feed.entries()));
    }

    private static Entry entry(FeedEntry entry) {
        var atom = new Entry();
        atom.setId(entry.id());
        atom.setTitle(entry.title());
        atom.setPublished(Date.from(entry.published()));
        atom.setUpdated(Date.from(entry.updated()));
        atom.setAlternateLinks(List.of(link("alternate", entry.url(), "text/html")));
        var author = new Person();
        author.setName(entry.author());
        atom.setAuthors(List.<SyndPerson>of(author));
        atom.setCategories(categories(entry));
        if (entry.summary() != null) {
            atom.setSummary(text("text", entry.summary()));
        }
        if (entry.content() != null) {
            atom.setContents(List.of(text("html", entry.content())));
        }
        if (entry.image() != null) {
            atom.setForeignMarkup(List.of(RomeXml.picture(entry.image())));
        }
        return atom;
    }

    private static List<Category> categories(FeedEntry entry) {
        var categories = new ArrayList<Category>();
        categories.add(category(entry.category().slug(), entry.category().name()));
        entry.tags().forEach(tag -> categories.add(category(tag, null)));
        return categories;
    }

    private static Category category(String term, @Nullable String label) {
        var category = new Category();
        category.setTerm(term);
        category.setLabel(label);
        return category;
    }

    private static Link link(String relation, String address, @Nullable String type) {
        var link = new Link();
        link.setRel(relation);
        link.setHref(address);
        link.setType(type);
        return link;
    }

    private static Content text(String type, String value) {
        var content = new Content();
        content.setType(type);
        content.setValue(value);
        return content;
    }

    /** Rome knows no {@code xml:lang}. */
    private static void nameLanguages(Document document, List<FeedEntry> entries) {
        Element root = document.getRootElement();
        List<Element> written = root.getChildren("entry", root.getNamespace());
        for (int n = 0; n < entries.size(); n++) {
            String language = entries.get(n).language();
            if (language != null) {
                written.get(n).setAttribute("lang", language, Namespace.XML_NAMESPACE);
            }
        }
    }
}

package broadsheet.article.feed;

import com.rometools.rome.feed.module.DCModuleImpl;
import com.rometools.rome.feed.rss.Category;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Description;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Writes RSS 2.0, with the namespaces that its profile recommends: {@code content:encoded} for the whole content,
 * {@code dc:creator} and {@code dc:language}, {@code atom:link} to itself, {@code media:content} for the picture.
 */
final class RssFeed {

    private static final Namespace CONTENT =
            Namespace.getNamespace("content", "http://purl.org/rss/1.0/modules/content/");
    private static final Namespace ATOM = Namespace.getNamespace("atom", "http://www.w3.org/2005/Atom");

    private RssFeed() {}

    static byte[] write(Feed feed) {
        var channel = new Channel("rss_2.0");
        channel.setTitle(feed.title());
        channel.setLink(feed.home());
        channel.setDescription(feed.title());
        channel.setLanguage(feed.language());
        channel.setLastBuildDate(Date.from(feed.updated()));
        channel.setGenerator("Broadsheet");
        channel.setForeignMarkup(List.of(linkToItself(feed)));
        channel.setItems(feed.entries().stream().map(RssFeed::item).toList());
        return RomeXml.write(channel);
    }

    private static Element linkToItself(Feed feed) {
        return new Element("link", ATOM)
                .setAttribute("rel", "self")
                .setAttribute("href", feed.address())
                .setAttribute("type", FeedFormat.RSS.type());
    }

    private static Item item(FeedEntry entry) {
        var item = new Item();
        item.setTitle(entry.title());
        item.setLink(entry.url());
        item.setGuid(guid(entry));
        item.setPubDate(Date.from(entry.published()));
        item.setDescription(description(entry));
        item.setCategories(entry.topics().map(RssFeed::category).toList());
        var dublinCore = new DCModuleImpl();
        dublinCore.setCreator(entry.author());
        dublinCore.setLanguage(entry.language());
        item.setModules(List.of(dublinCore));
        item.setForeignMarkup(contents(entry));
        return item;
    }

    private static Guid guid(FeedEntry entry) {
        var guid = new Guid();
        guid.setPermaLink(false);
        guid.setValue(entry.id());
        return guid;
    }

    private static @Nullable Description description(FeedEntry entry) {
        if (entry.summary() == null) {
            return null;
        }
        var description = new Description();
        description.setType("text/plain");
        description.setValue(entry.summary());
        return description;
    }

    private static Category category(String name) {
        var category = new Category();
        category.setValue(name);
        return category;
    }

    private static List<Element> contents(FeedEntry entry) {
        var contents = new ArrayList<Element>();
        if (entry.content() != null) {
            contents.add(new Element("encoded", CONTENT).setText(entry.content()));
        }
        if (entry.image() != null) {
            contents.add(RomeXml.picture(entry.image()));
        }
        return contents;
    }
}

package broadsheet.article.feed;

import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.XmlText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An article in a feed, without characters that no XML can hold.
 *
 * @param id an IRI that stays when the article's address changes
 * @param url absolute, as are {@code image} and the addresses in the content
 * @param content safe HTML; null where it would make the feed too large
 * @param updated when it was published or corrected last
 */
record FeedEntry(
        String id,
        String url,
        String title,
        @Nullable String summary,
        @Nullable String content,
        String author,
        CategoryLabel category,
        List<String> tags,
        @Nullable String language,
        @Nullable String image,
        Instant published,
        Instant updated) {

    FeedEntry {
        title = XmlText.of(title);
        summary = summary == null ? null : XmlText.of(summary);
        content = content == null ? null : XmlText.of(content);
        author = XmlText.of(author);
        category = new CategoryLabel(category.slug(), XmlText.of(category.name()));
        tags = tags.stream().map(XmlText::of).toList();
    }

    /** The name of its category, then its tags. */
    Stream<String> topics() {
        return Stream.concat(Stream.of(category.name()), tags.stream()).distinct();
    }
}

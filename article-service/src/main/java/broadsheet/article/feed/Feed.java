package broadsheet.article.feed;

import broadsheet.article.content.XmlText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed before it is written in a format.
 *
 * @param address where the feed itself is
 * @param home the page that shows the same
 * @param icon absolute address of the site's icon
 * @param updated when an article of it was last published, corrected or withdrawn
 */
record Feed(
        String title,
        String address,
        String home,
        String icon,
        @Nullable String hub,
        Instant updated,
        List<FeedEntry> entries) {

    Feed {
        title = XmlText.of(title);
    }

    /** The language of all entries; null where they differ. */
    @Nullable String language() {
        List<@Nullable String> languages =
                entries.stream().map(FeedEntry::language).distinct().toList();
        return languages.size() == 1 ? languages.get(0) : null;
    }
}

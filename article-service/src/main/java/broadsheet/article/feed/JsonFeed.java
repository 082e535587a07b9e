package broadsheet.article.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** A feed as <a href="https://www.jsonfeed.org/version/1.1/">JSON Feed 1.1</a>. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record JsonFeed(
        String version,
        String title,
        String homePageUrl,
        String feedUrl,
        String favicon,
        @Nullable String language,
        List<Item> items) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Every entry needs a content: the summary where the whole would be too long, at worst the title. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String id,
            String url,
            String title,
            @Nullable String summary,

            @JsonProperty("content_html") @Nullable String html,

            @JsonProperty("content_text") @Nullable String text,

            @Nullable String image,
            Instant datePublished,
            Instant dateModified,
            List<Author> authors,
            List<String> tags,
            @Nullable String language) {

        static Item of(FeedEntry entry) {
            String summary = entry.summary();
            return new Item(
                    entry.id(),
                    entry.url(),
                    entry.title(),
                    summary,
                    entry.content(),
                    entry.content() != null ? null : summary == null ? entry.title() : summary,
                    entry.image(),
                    entry.published(),
                    entry.updated(),
                    List.of(new Author(entry.author())),
                    entry.topics().toList(),
                    entry.language());
        }
    }

    record Author(String name) {}

    static byte[] write(Feed feed) {
        return JSON.writeValueAsBytes(new JsonFeed(
                "https://jsonfeed.org/version/1.1",
                feed.title(),
                feed.home(),
                feed.address(),
                feed.icon(),
                feed.language(),
                feed.entries().stream().map(Item::of).toList()));
    }
}

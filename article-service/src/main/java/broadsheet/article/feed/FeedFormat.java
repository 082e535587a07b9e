package broadsheet.article.feed;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** A format of feeds: its media type, the name of its file, and how it is written. */
enum FeedFormat {
    RSS("application/rss+xml", "feed.xml") {
        @Override
        byte[] write(Feed feed) {
            return RssFeed.write(feed);
        }
    },
    ATOM("application/atom+xml", "atom.xml") {
        @Override
        byte[] write(Feed feed) {
            return AtomFeed.write(feed);
        }
    },
    JSON("application/feed+json", "feed.json") {
        @Override
        byte[] write(Feed feed) {
            return JsonFeed.write(feed);
        }
    };

    private final String type;
    private final String file;

    FeedFormat(String type, String file) {
        this.type = type;
        this.file = file;
    }

    String type() {
        return type;
    }

    MediaType mediaType() {
        return new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8);
    }

    String file() {
        return file;
    }

    abstract byte[] write(Feed feed);
}

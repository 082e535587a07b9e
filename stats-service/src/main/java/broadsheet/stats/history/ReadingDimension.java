package broadsheet.stats.history;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.referrer.Origin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of a reading beside its time; hits are counted by the keys of each. */
public enum ReadingDimension {
    /** How the reader came: {@code direct}, {@code search}, {@code alert}, … */
    CHANNEL,
    /** The service that the reader came from, by its name: {@code WeChat}, {@code Google}; else the host. */
    SOURCE,
    /** The host of the page that led here. */
    REFERRER,
    DEVICE,
    /** The article's version that was shown. */
    REVISION,
    /** The alert whose link led here. */
    ALERT;

    public String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null where the reading has none: it is left out then. */
    @Nullable String key(ArticleViewed view, Origin origin) {
        return switch (this) {
            case CHANNEL -> origin.channel().key();
            case SOURCE -> origin.source();
            case REFERRER -> origin.host();
            case DEVICE -> view.device().name().toLowerCase(Locale.ROOT);
            case REVISION -> Long.toString(view.revision());
            case ALERT -> view.alertId();
        };
    }
}

package broadsheet.stats.history;

import static org.mockito.Mockito.mock;

import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.referrer.TestReferrers;
import java.time.Duration;

/** As they are set by default. */
public final class TestArticleDays {

    public static final HistoryProperties KEPT = new HistoryProperties(Duration.ofDays(2), Duration.ofDays(35));

    private TestArticleDays() {}

    public static ArticleDays of(ServedCollections collections) {
        return new ArticleDays(collections, TestReferrers.of("https://www.news.example"), KEPT, mock());
    }
}

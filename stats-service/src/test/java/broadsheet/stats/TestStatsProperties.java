package broadsheet.stats;

import broadsheet.stats.milestone.HitThresholds;
import broadsheet.stats.milestone.MilestoneProperties;
import java.time.Duration;
import java.util.List;

/** Settings as the service has them, where a test does not say otherwise. */
public final class TestStatsProperties {

    public static final HitThresholds THRESHOLDS =
            new HitThresholds(new MilestoneProperties("news.milestones", List.of(3L, 10L), 20, Duration.ofHours(24)));

    private TestStatsProperties() {}

    public static StatsProperties defaults() {
        return remembering(Duration.ofMinutes(10), 350_000);
    }

    public static StatsProperties ofTopic(String views) {
        return of(views, Duration.ofMinutes(10), 350_000, 300);
    }

    public static StatsProperties remembering(Duration memory, int views) {
        return remembering(memory, views, 300);
    }

    public static StatsProperties remembering(Duration memory, int views, int agentsPerNetwork) {
        return of("news.views", memory, views, agentsPerNetwork);
    }

    private static StatsProperties of(String topic, Duration memory, int views, int agentsPerNetwork) {
        return new StatsProperties(
                topic,
                "news.articles",
                "news.hits",
                Duration.ofSeconds(30),
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                memory,
                views,
                agentsPerNetwork,
                memory.dividedBy(2),
                2_000,
                1,
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
    }
}

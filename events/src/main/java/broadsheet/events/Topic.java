package broadsheet.events;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** A topic as whoever starts first creates it. */
public enum Topic {
    ARTICLES(
            Topics.ARTICLES,
            6,
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    millis(Duration.ofDays(7)))),
    VIEWS(Topics.VIEWS, 12, retained(Duration.ofDays(90))),
    /** One partition: the newest number of each spool. */
    VIEWS_SPOOLED(Topics.VIEWS_SPOOLED, 1, compacted()),
    HITS(Topics.HITS, 6, compacted()),
    MILESTONES(Topics.MILESTONES, 6, retained(Duration.ofDays(30))),
    ALERTS(Topics.ALERTS, 6, compacted()),
    /** One partition: keys, the ends of sessions and API tokens, in the order in which they came. */
    STAFF_SESSIONS(Topics.STAFF_SESSIONS, 1, compacted()),
    ARTICLES_DEAD_LETTERS(Topics.ARTICLES + Topics.DEAD_LETTERS, 1, retained(Duration.ofDays(90))),
    VIEWS_DEAD_LETTERS(Topics.VIEWS + Topics.DEAD_LETTERS, 1, retained(Duration.ofDays(90))),
    ALERTS_DEAD_LETTERS(Topics.ALERTS + Topics.DEAD_LETTERS, 1, retained(Duration.ofDays(90))),
    HITS_DEAD_LETTERS(Topics.HITS + Topics.DEAD_LETTERS, 1, retained(Duration.ofDays(90)));

    private final String topicName;
    private final int partitions;

    @SuppressWarnings("ImmutableEnumChecker") // always an unmodifiable Map.of(…)
    private final Map<String, String> configuration;

    Topic(String topicName, int partitions, Map<String, String> configuration) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.configuration = configuration;
    }

    public String topicName() {
        return topicName;
    }

    public int partitions() {
        return partitions;
    }

    /** What to create the topic from; an existing one is left as it is. */
    public NewTopic newTopic(short replicationFactor) {
        return new NewTopic(topicName, partitions, replicationFactor).configs(configuration);
    }

    private static Map<String, String> compacted() {
        return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    private static Map<String, String> retained(Duration time) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                millis(time));
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}

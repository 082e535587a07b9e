package broadsheet.events;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every {@code ce_type} there is, with the topic that carries it and the record it is read into. */
public enum EventType {
    ARTICLE_CREATED("news.article.created.v1", Topics.ARTICLES, ArticleCreated.class),
    ARTICLE_UPDATED("news.article.updated.v1", Topics.ARTICLES, ArticleUpdated.class),
    ARTICLE_PUBLISHED("news.article.published.v1", Topics.ARTICLES, ArticlePublished.class),
    ARTICLE_CORRECTED("news.article.corrected.v1", Topics.ARTICLES, ArticleCorrected.class),
    ARTICLE_WITHDRAWN("news.article.withdrawn.v1", Topics.ARTICLES, ArticleWithdrawn.class),
    ARTICLE_VIEWED("news.article.viewed.v1", Topics.VIEWS, ArticleViewed.class),
    ARTICLE_HITS("news.article.hits.v1", Topics.HITS, ArticleHits.class),
    ARTICLE_MILESTONE("news.article.milestone.v1", Topics.MILESTONES, ArticleMilestone.class),
    ALERT_SENT("news.alert.sent.v1", Topics.ALERTS, AlertSent.class),
    VIEWS_STOPPED("news.views.stopped.v1", Topics.MILESTONES, ViewsStopped.class),
    STAFF_KEY_PUBLISHED("staff.key.published.v1", Topics.STAFF_SESSIONS, StaffKeyPublished.class),
    STAFF_SESSIONS_ENDED("staff.sessions.ended.v1", Topics.STAFF_SESSIONS, StaffSessionsEnded.class),
    STAFF_TOKEN_ISSUED("staff.token.issued.v1", Topics.STAFF_SESSIONS, StaffTokenIssued.class),
    VIEWS_SPOOLED("news.views.spooled.v1", Topics.VIEWS_SPOOLED, ViewsSpooled.class);

    private static final Map<String, EventType> BY_CE_TYPE =
            Arrays.stream(values()).collect(Collectors.toMap(EventType::ceType, Function.identity()));

    private final String ceType;
    private final String topic;
    private final Class<? extends Event> record;

    EventType(String ceType, String topic, Class<? extends Event> record) {
        this.ceType = ceType;
        this.topic = topic;
        this.record = record;
    }

    /** The CloudEvents {@code type} attribute. */
    public String ceType() {
        return ceType;
    }

    public String topic() {
        return topic;
    }

    Class<? extends Event> record() {
        return record;
    }

    /**
     * The type that an event of this name has.
     *
     * @throws UnreadableEventException where this version of the contract does not know it
     */
    public static EventType of(String ceType) {
        EventType type = BY_CE_TYPE.get(ceType);
        if (type == null) {
            throw new UnreadableEventException("Unknown event type '" + ceType + "'");
        }
        return type;
    }

    static EventType of(Event event) {
        return Arrays.stream(values())
                .filter(type -> type.record.isInstance(event))
                .findFirst()
                .orElseThrow();
    }
}

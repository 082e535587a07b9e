package broadsheet.article.outbox;

/**
 * A collection whose documents hold an outbox. A feature that keeps events in its documents declares a bean of this type
 * and writes {@link Outbox#entry} into {@link Outbox#FIELD}, together with the change itself.
 */
public record OutboxCollection(String name) {}

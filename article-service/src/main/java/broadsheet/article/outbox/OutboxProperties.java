package broadsheet.article.outbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which instance sends the outboxes.
 *
 * @param instance a name no other instance has. Where it stays the same across restarts, a restarted instance need not
 *     wait for its own lease to end. Blank: generated at each start
 */
@ConfigurationProperties("broadsheet.outbox")
record OutboxProperties(@DefaultValue("") String instance) {}

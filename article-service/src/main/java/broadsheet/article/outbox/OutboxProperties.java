package broadsheet.article.outbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who relays the outboxes.
 *
 * @param instance what no other instance is called; the same after a restart, so that it need not wait for its own lease
 *     to run out. One is made up where it is blank
 */
@ConfigurationProperties("broadsheet.outbox")
record OutboxProperties(@DefaultValue("") String instance) {}

/** What happened to published articles: read from Kafka, filtered, kept for a while, and numbered for resuming. */
@NullMarked
package broadsheet.notification.event;

import org.jspecify.annotations.NullMarked;

/** The outbox: events stored in the document they report, sent to Kafka by one instance at a time. */
@NullMarked
package broadsheet.article.outbox;

import org.jspecify.annotations.NullMarked;

/** The way of a view to Kafka: the sender, and the spool that keeps views that Kafka does not take now. */
@NullMarked
package broadsheet.article.sending;

import org.jspecify.annotations.NullMarked;

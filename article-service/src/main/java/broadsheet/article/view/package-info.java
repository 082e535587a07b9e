/** Accepts views: which requests count, who made them, and their way to Kafka or the spool. */
@NullMarked
package broadsheet.article.view;

import org.jspecify.annotations.NullMarked;

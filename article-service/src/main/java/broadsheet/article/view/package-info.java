/** Views on their way to Kafka: acknowledged once it, or the spool, has them. */
@NullMarked
package broadsheet.article.view;

import org.jspecify.annotations.NullMarked;

/** Events that an article's own document holds until Kafka has them. */
@NullMarked
package broadsheet.article.outbox;

import org.jspecify.annotations.NullMarked;

/** Calls that are made again and done once: {@code Idempotency-Key}. */
@NullMarked
package broadsheet.article.idempotency;

import org.jspecify.annotations.NullMarked;

@NullMarked
package broadsheet.article.idempotency;

import org.jspecify.annotations.NullMarked;

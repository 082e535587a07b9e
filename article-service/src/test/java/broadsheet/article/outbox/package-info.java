@NullMarked
package broadsheet.article.outbox;

import org.jspecify.annotations.NullMarked;

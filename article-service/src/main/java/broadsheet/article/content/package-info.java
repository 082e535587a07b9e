/** What an article consists of, made safe to show. */
@NullMarked
package broadsheet.article.content;

import org.jspecify.annotations.NullMarked;

@NullMarked
package broadsheet.article.sending;

import org.jspecify.annotations.NullMarked;

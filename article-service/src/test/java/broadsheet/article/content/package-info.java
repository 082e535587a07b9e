@NullMarked
package broadsheet.article.content;

import org.jspecify.annotations.NullMarked;

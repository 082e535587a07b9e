@NullMarked
package broadsheet.article.hits;

import org.jspecify.annotations.NullMarked;

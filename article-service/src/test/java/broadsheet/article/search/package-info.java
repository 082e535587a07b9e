@NullMarked
package broadsheet.article.search;

import org.jspecify.annotations.NullMarked;

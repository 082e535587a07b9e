/** Full-text search, and lists by any filter and order, in an index that each instance keeps on its own disk. */
@NullMarked
package broadsheet.article.search;

import org.jspecify.annotations.NullMarked;

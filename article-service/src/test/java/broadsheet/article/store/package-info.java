@NullMarked
package broadsheet.article.store;

import org.jspecify.annotations.NullMarked;

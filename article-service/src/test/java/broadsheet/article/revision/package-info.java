@NullMarked
package broadsheet.article.revision;

import org.jspecify.annotations.NullMarked;

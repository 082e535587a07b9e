@NullMarked
package broadsheet.article.hostile;

import org.jspecify.annotations.NullMarked;

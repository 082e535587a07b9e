@NullMarked
package broadsheet.stats.article;

import org.jspecify.annotations.NullMarked;

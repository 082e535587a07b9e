@NullMarked
package broadsheet.article.audit;

import org.jspecify.annotations.NullMarked;

/** The audit trail as administrators search it. */
@NullMarked
package broadsheet.article.audit;

import org.jspecify.annotations.NullMarked;

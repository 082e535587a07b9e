@NullMarked
package broadsheet.article.workflow;

import org.jspecify.annotations.NullMarked;

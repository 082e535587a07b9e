/** The states of an article and the rules by which staff move it from draft to publication and withdrawal. */
@NullMarked
package broadsheet.article.workflow;

import org.jspecify.annotations.NullMarked;

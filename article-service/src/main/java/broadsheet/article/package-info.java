/** Articles from draft to withdrawal, and the newsroom's and readers' API to them. */
@NullMarked
package broadsheet.article;

import org.jspecify.annotations.NullMarked;

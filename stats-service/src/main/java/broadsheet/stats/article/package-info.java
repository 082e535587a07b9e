/** Titles and sections of articles, as the newsroom announces them. */
@NullMarked
package broadsheet.stats.article;

import org.jspecify.annotations.NullMarked;

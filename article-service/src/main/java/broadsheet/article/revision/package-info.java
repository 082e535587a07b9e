/** What an article said before: its revisions, how two of them differ, and texts that came too late. */
@NullMarked
package broadsheet.article.revision;

import org.jspecify.annotations.NullMarked;

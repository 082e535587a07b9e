/** Everything that is written here, as lines that an import takes back. */
@NullMarked
package broadsheet.article.exports;

import org.jspecify.annotations.NullMarked;

/** Pictures: staff's API to them, their files, and who may see them. */
@NullMarked
package broadsheet.article.media;

import org.jspecify.annotations.NullMarked;

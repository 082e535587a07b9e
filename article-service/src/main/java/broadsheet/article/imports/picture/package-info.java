/** Takes the pictures of imported articles into the media: those in their archive, and on request those of public addresses. */
@NullMarked
package broadsheet.article.imports.picture;

import org.jspecify.annotations.NullMarked;

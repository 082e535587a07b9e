@NullMarked
package broadsheet.article.imports.picture;

import org.jspecify.annotations.NullMarked;

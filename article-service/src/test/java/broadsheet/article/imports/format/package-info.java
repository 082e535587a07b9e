@NullMarked
package broadsheet.article.imports.format;

import org.jspecify.annotations.NullMarked;

/** Tests of imports that need neither store nor HTTP. */
@NullMarked
package broadsheet.article.imports;

import org.jspecify.annotations.NullMarked;

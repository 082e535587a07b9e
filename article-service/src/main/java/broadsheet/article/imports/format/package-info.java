/** The forms an import comes in, each read item by item into lines of our own form; knows neither store nor HTTP. */
@NullMarked
package broadsheet.article.imports.format;

import org.jspecify.annotations.NullMarked;

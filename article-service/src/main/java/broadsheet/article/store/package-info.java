/** The articles in MongoDB: documents, indexes, lists, and the published ones as readers may see them. */
@NullMarked
package broadsheet.article.store;

import org.jspecify.annotations.NullMarked;

@NullMarked
package broadsheet.article.view;

import org.jspecify.annotations.NullMarked;

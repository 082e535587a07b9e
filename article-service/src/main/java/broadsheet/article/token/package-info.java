/** API tokens: what programs call the API with instead of a session. */
@NullMarked
package broadsheet.article.token;

import org.jspecify.annotations.NullMarked;

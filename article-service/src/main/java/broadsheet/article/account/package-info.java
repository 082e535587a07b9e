/** Who may work in the newsroom, and how they sign in. */
@NullMarked
package broadsheet.article.account;

import org.jspecify.annotations.NullMarked;

/** Tests of the rules, and their measurement on public lists. */
@NullMarked
package broadsheet.useragents;

import org.jspecify.annotations.NullMarked;

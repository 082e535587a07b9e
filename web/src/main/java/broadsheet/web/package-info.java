/** What every service answers HTTP with: staff sessions, problem details, cursors. Knows no service. */
@NullMarked
package broadsheet.web;

import org.jspecify.annotations.NullMarked;

/** What every service's HTTP side shares. Knows no service. */
@NullMarked
package broadsheet.web;

import org.jspecify.annotations.NullMarked;

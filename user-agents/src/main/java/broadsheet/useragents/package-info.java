/** What a {@code User-Agent} says: person, robot or program, and on which kind of device. Depends on no framework. */
@NullMarked
package broadsheet.useragents;

import org.jspecify.annotations.NullMarked;

/** What the runs have in common that start, kill and pause the processes of a whole site. */
@NullMarked
package broadsheet.run;

import org.jspecify.annotations.NullMarked;

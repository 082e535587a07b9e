/** What can be done with a running site from a command line: {@code java -jar … import FILE}. */
@NullMarked
package broadsheet.standalone.command;

import org.jspecify.annotations.NullMarked;

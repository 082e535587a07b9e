/** All numbers of all articles as a file, for spreadsheets and other stores. */
@NullMarked
package broadsheet.stats.export;

import org.jspecify.annotations.NullMarked;

@NullMarked
package broadsheet.benchmarks;

import org.jspecify.annotations.NullMarked;

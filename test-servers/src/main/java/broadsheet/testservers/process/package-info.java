/** Servers and services as processes of their own, which can be killed, paused and started again. */
@NullMarked
package broadsheet.testservers.process;

import org.jspecify.annotations.NullMarked;

@NullMarked
package broadsheet.web;

import org.jspecify.annotations.NullMarked;

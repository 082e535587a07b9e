/** Holds what services under test answer to the OpenAPI documents that they serve. */
@NullMarked
package broadsheet.testservers.openapi;

import org.jspecify.annotations.NullMarked;

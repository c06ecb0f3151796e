/** All that a plugin compiles against. */
@NullMarked
package symbolai.mcp.api;

import org.jspecify.annotations.NullMarked;

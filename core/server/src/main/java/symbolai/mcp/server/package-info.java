/** The composition root. */
@NullMarked
package symbolai.mcp.server;

import org.jspecify.annotations.NullMarked;

/** Health and version. */
@NullMarked
package symbolai.mcp.server.ops;

import org.jspecify.annotations.NullMarked;

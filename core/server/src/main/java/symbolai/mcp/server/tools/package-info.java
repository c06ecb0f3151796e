/** The one way to a tool: the catalog, the check of arguments, the invoker, tasks. */
@NullMarked
package symbolai.mcp.server.tools;

import org.jspecify.annotations.NullMarked;

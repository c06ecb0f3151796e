/** MCP over lines, such as standard input and output: every era on one connection. */
@NullMarked
package symbolai.mcp.server.mcp.stdio;

import org.jspecify.annotations.NullMarked;

/** The Model Context Protocol in every era: methods, sessions, versions. */
@NullMarked
package symbolai.mcp.server.mcp;

import org.jspecify.annotations.NullMarked;

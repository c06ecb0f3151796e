/** The command line. */
@NullMarked
package symbolai.mcp.server.cli;

import org.jspecify.annotations.NullMarked;

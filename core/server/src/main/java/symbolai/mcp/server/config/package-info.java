/** The configuration: read once, checked whole. */
@NullMarked
package symbolai.mcp.server.config;

import org.jspecify.annotations.NullMarked;

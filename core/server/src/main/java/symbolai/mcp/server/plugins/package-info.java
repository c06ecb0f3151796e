/** Loads, swaps and unloads plugins; the only room that knows PF4J. */
@NullMarked
package symbolai.mcp.server.plugins;

import org.jspecify.annotations.NullMarked;

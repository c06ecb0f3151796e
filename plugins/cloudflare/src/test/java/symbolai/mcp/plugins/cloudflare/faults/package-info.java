/** A server that answers as it is told, and the faults that every backend must survive. */
@NullMarked
package symbolai.mcp.plugins.cloudflare.faults;

import org.jspecify.annotations.NullMarked;

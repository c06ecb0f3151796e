/** The master key and what is derived from it; certificates. */
@NullMarked
package symbolai.mcp.server.crypto;

import org.jspecify.annotations.NullMarked;

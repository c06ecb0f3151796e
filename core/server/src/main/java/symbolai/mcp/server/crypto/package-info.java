/** The master key and what is derived from it; certificates; hashes. */
@NullMarked
package symbolai.mcp.server.crypto;

import org.jspecify.annotations.NullMarked;

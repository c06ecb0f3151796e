/** Cloudflare's REST API v4 in front of the embedded account: turns its requests into operations, and their replies into its answers. */
@NullMarked
package symbolai.mcp.server.rest.v4;

import org.jspecify.annotations.NullMarked;

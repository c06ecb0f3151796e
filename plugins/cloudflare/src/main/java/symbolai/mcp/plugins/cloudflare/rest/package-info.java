/** The backend {@code cloud}: Cloudflare's REST API of version 4. */
@NullMarked
package symbolai.mcp.plugins.cloudflare.rest;

import org.jspecify.annotations.NullMarked;

/**
 * The backend {@code mcp}: a client of the Model Context Protocol for Cloudflare's own servers, and what turns their tools into our operations.
 * What these servers cannot say is in {@code docs/cloudflare.md}.
 */
@NullMarked
package symbolai.mcp.plugins.cloudflare.remote;

import org.jspecify.annotations.NullMarked;

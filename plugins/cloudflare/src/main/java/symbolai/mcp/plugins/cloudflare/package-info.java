/** The connector to Cloudflare: its REST API, its remote MCP servers, and what {@code wrangler dev} runs. */
@NullMarked
package symbolai.mcp.plugins.cloudflare;

import org.jspecify.annotations.NullMarked;

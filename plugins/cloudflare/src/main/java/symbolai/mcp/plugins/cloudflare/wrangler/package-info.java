/**
 * The backend {@code wrangler}: what {@code wrangler dev} runs on this machine, through the REST API that it serves, and where it does not run,
 * what it left in {@code .wrangler/state/v3}, which is only read.
 */
@NullMarked
package symbolai.mcp.plugins.cloudflare.wrangler;

import org.jspecify.annotations.NullMarked;

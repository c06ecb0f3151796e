/** What all ways to Cloudflare share: how a request is sent, how it fails, how its answer is read. */
@NullMarked
package symbolai.mcp.plugins.cloudflare.backend;

import org.jspecify.annotations.NullMarked;

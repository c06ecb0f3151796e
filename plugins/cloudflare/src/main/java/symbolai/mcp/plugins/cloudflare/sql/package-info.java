/** What backends of D1 share that know parameters as text only, or cut rows themselves. */
@NullMarked
package symbolai.mcp.plugins.cloudflare.sql;

import org.jspecify.annotations.NullMarked;

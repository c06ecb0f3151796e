/** The embedded account: D1, KV, R2, Workers, Builds and Observability in the data folder, with no account and no network. */
@NullMarked
package symbolai.mcp.plugins.local;

import org.jspecify.annotations.NullMarked;

/** The embedded account: D1 databases as SQLite files in the data folder, with no account and no network. */
@NullMarked
package symbolai.mcp.plugins.local;

import org.jspecify.annotations.NullMarked;

/** Where the embedded account keeps things: tables in SQLite, and long values in files. */
@NullMarked
package symbolai.mcp.plugins.local.store;

import org.jspecify.annotations.NullMarked;

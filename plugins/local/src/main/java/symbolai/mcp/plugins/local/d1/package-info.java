/** D1 on the embedded account: databases as SQLite files with D1's limits. */
@NullMarked
package symbolai.mcp.plugins.local.d1;

import org.jspecify.annotations.NullMarked;

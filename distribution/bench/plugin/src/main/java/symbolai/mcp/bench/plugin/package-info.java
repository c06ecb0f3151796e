/** The thirty tools that the bench calls, as a plugin of the server under test. */
@NullMarked
package symbolai.mcp.bench.plugin;

import org.jspecify.annotations.NullMarked;

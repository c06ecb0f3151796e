/** A real server and a real client for tests. */
@NullMarked
package symbolai.mcp.testkit;

import org.jspecify.annotations.NullMarked;

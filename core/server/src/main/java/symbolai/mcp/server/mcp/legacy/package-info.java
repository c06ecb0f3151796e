/** The eras that begin with initialize: sessions and streams of 2025, HTTP+SSE of 2024. It can be deleted whole. */
@NullMarked
package symbolai.mcp.server.mcp.legacy;

import org.jspecify.annotations.NullMarked;

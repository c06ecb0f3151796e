/** Turns HTTP requests into messages with a caller, and answers into bytes: listener, origin, authentication, SSE. */
@NullMarked
package symbolai.mcp.server.http;

import org.jspecify.annotations.NullMarked;

/** Requests to let a call through, and what people decide of them. */
@NullMarked
package symbolai.mcp.server.approvals;

import org.jspecify.annotations.NullMarked;

/** Writes down each call before and after it happens. */
@NullMarked
package symbolai.mcp.server.audit;

import org.jspecify.annotations.NullMarked;

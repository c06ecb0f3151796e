/** Observability on the embedded account: a bounded table of events and the questions to it. */
@NullMarked
package symbolai.mcp.plugins.local.observability;

import org.jspecify.annotations.NullMarked;

/** The Observability family: what Workers logged, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.observability;

import org.jspecify.annotations.NullMarked;

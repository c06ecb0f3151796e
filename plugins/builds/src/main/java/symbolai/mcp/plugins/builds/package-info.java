/** The Builds family: builds of Workers and their logs, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.builds;

import org.jspecify.annotations.NullMarked;

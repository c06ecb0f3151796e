/** The Workers family: scripts, versions and deployments, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.workers;

import org.jspecify.annotations.NullMarked;

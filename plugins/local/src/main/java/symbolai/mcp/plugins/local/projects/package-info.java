/** What the operator configures: the wrangler projects that the embedded account shows, and whether it builds them. */
@NullMarked
package symbolai.mcp.plugins.local.projects;

import org.jspecify.annotations.NullMarked;

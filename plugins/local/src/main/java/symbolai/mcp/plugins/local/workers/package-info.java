/** Workers on the embedded account: uploaded ones, which are kept and not run, and the operator's wrangler projects. */
@NullMarked
package symbolai.mcp.plugins.local.workers;

import org.jspecify.annotations.NullMarked;

/** Builds on the embedded account: the operator's projects build themselves, line by line, in processes that always end. */
@NullMarked
package symbolai.mcp.plugins.local.builds;

import org.jspecify.annotations.NullMarked;

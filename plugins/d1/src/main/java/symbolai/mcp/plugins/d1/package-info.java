/** The D1 family: tools, resources and a prompt for SQL databases, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.d1;

import org.jspecify.annotations.NullMarked;

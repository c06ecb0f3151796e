/** The R2 family: buckets and objects, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.r2;

import org.jspecify.annotations.NullMarked;

/** R2 on the embedded account: buckets, objects with their etags, bodies. */
@NullMarked
package symbolai.mcp.plugins.local.r2;

import org.jspecify.annotations.NullMarked;

/** A library for plugins, no plugin itself: reads the wrangler projects that an operator names. */
@NullMarked
package symbolai.mcp.plugins.wrangler;

import org.jspecify.annotations.NullMarked;

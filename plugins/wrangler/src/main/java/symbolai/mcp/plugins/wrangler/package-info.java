/**
 * A library for plugins, no plugin itself: reads the wrangler projects that an operator names.
 * {@link symbolai.mcp.plugins.wrangler.WranglerProject#read} is the door; it runs nothing and writes nothing.
 */
@NullMarked
package symbolai.mcp.plugins.wrangler;

import org.jspecify.annotations.NullMarked;

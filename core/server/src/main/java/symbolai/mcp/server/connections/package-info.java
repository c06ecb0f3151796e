/** Opens callers' connections to outside systems through the connectors of loaded plugins. */
@NullMarked
package symbolai.mcp.server.connections;

import org.jspecify.annotations.NullMarked;

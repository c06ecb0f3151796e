/** The database of the server, and the databases it lends; the only room that knows JDBC. */
@NullMarked
package symbolai.mcp.server.store;

import org.jspecify.annotations.NullMarked;

/** HTTP over the socket in the data folder, for the command line of the same user. */
@NullMarked
package symbolai.mcp.server.http.control;

import org.jspecify.annotations.NullMarked;

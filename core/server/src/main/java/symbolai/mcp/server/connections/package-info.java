/**
 * The ways to outside systems.
 *
 * <p>{@link symbolai.mcp.server.connections.Vault} keeps the connections of the users, with credentials that are sealed and opened for one call;
 * {@link symbolai.mcp.server.connections.KeyRotation} looks after the key they are sealed with, and
 * {@link symbolai.mcp.server.connections.ConnectStates} after the states of the connection flow.
 * {@link symbolai.mcp.server.connections.Connections} gives a caller the connection that the caller's tools work on: leased, so that a plugin
 * is not unloaded under it, timed, capped, and with reads that are shared and kept for a moment. What a connector sends out passes
 * {@link symbolai.mcp.server.connections.Upstreams}: a budget for each set of credentials, a breaker and a bulkhead for each host, and another
 * try only of what may be repeated.
 */
@NullMarked
package symbolai.mcp.server.connections;

import org.jspecify.annotations.NullMarked;

package symbolai.mcp.server.connections;

/**
 * A connection that a user began to make.
 *
 * @param connector the id of the connector
 * @param name how the user wants to call the connection
 */
public record ConnectRequest(String connector, String name) {}

package symbolai.mcp.server.tools;

import symbolai.mcp.server.connections.Lease;

/**
 * One thing of the catalog with where it comes from.
 *
 * @param plugin the plugin that offers it
 * @param lease is entered before the plugin's code is called
 */
public record Entry<T>(String plugin, T value, Lease lease) {}

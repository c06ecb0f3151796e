package symbolai.mcp.server.tools;

/**
 * What a call is aimed at.
 *
 * @param kind {@code tool}, {@code prompt}, {@code resource} or {@code completion}
 * @param name the name or URI
 */
record Target(String kind, String name) {}

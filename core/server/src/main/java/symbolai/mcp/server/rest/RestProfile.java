package symbolai.mcp.server.rest;

import java.time.Duration;

/**
 * What is set for REST.
 *
 * @param version the server's version
 * @param development whether errors carry details
 * @param patience how long a caller waits for a tool that goes on
 */
public record RestProfile(String version, boolean development, Duration patience) {}

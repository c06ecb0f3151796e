package symbolai.mcp.server.mcp.legacy;

import java.time.Instant;

/**
 * What a session's id says.
 *
 * @param id unguessable; the key of what is stored of the session
 * @param caller the id of the user whose session it is
 * @param credential what that user showed when it began
 */
record SessionClaims(String id, String caller, String credential, LegacyClient client, Instant expires) {}

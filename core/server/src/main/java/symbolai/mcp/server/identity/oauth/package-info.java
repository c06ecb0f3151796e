/**
 * OAuth for MCP clients: the clients, what users let them do, and the tokens that come of it. Nimbus reads what clients send; what goes out is
 * plain JSON. Codes, tokens and secrets are random, and only their hashes are stored.
 */
@NullMarked
package symbolai.mcp.server.identity.oauth;

import org.jspecify.annotations.NullMarked;

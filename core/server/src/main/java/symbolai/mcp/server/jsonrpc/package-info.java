/** The JSON-RPC 2.0 envelope: bytes to messages and back. */
@NullMarked
package symbolai.mcp.server.jsonrpc;

import org.jspecify.annotations.NullMarked;

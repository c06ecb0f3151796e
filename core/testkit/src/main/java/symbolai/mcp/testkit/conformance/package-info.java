/**
 * The plugin that the MCP conformance suite runs against. It is written against {@code symbolai.mcp.api} alone and packed as a plugin zip,
 * so it also shows that the interface for plugins can express everything that the protocol can. It is never shipped.
 */
@NullMarked
package symbolai.mcp.testkit.conformance;

import org.jspecify.annotations.NullMarked;

/** Users, their passwords and API keys. */
@NullMarked
package symbolai.mcp.server.identity;

import org.jspecify.annotations.NullMarked;

/** Users, their passwords and API keys, and the browsers in which they have signed in. */
@NullMarked
package symbolai.mcp.server.identity;

import org.jspecify.annotations.NullMarked;

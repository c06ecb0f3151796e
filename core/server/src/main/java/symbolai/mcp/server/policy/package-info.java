/** Decides who may call what. */
@NullMarked
package symbolai.mcp.server.policy;

import org.jspecify.annotations.NullMarked;

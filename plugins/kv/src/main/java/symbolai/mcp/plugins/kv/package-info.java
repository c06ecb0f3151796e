/** The KV family: namespaces, keys and values, on whichever backend the caller is connected to. */
@NullMarked
package symbolai.mcp.plugins.kv;

import org.jspecify.annotations.NullMarked;

/** KV on the embedded account: namespaces, keys with expiry and metadata, values. */
@NullMarked
package symbolai.mcp.plugins.local.kv;

import org.jspecify.annotations.NullMarked;

package symbolai.mcp.plugins.kv;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** The KV family: namespaces. */
@Extension
public final class KvPlugin implements ToolFamily {}

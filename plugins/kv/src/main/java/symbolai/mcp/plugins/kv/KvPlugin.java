package symbolai.mcp.plugins.kv;

import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The KV family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class KvPlugin implements ToolFamily {

    private final KnownTitles titles = new KnownTitles();

    @Override
    public List<Tool> tools(FamilyContext context) {
        return new KvTools(context, titles).list();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return new KvResources(titles).templates();
    }
}

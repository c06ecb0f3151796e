package symbolai.mcp.plugins.r2;

import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The R2 family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class R2Plugin implements ToolFamily {

    @Override
    public List<Tool> tools(FamilyContext context) {
        return new R2Tools(context).list();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return new R2Resources().templates();
    }
}

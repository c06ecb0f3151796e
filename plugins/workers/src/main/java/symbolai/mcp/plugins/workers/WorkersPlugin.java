package symbolai.mcp.plugins.workers;

import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The Workers family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class WorkersPlugin implements ToolFamily {

    @Override
    public List<Tool> tools(FamilyContext context) {
        return new WorkersTools(context).list();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return List.of(new WorkersResources().template());
    }
}

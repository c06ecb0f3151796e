package symbolai.mcp.server.tools;

import java.util.List;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Lease;

/**
 * What one loaded version of a plugin offers.
 *
 * @param plugin the plugin's id
 * @param version the plugin's version
 * @param lease counts the calls inside this version
 */
public record Family(
        String plugin,
        String version,
        List<Tool> tools,
        List<Resource> resources,
        List<ResourceTemplate> resourceTemplates,
        List<Prompt> prompts,
        List<Connector> connectors,
        Lease lease) {

    public Family {
        tools = List.copyOf(tools);
        resources = List.copyOf(resources);
        resourceTemplates = List.copyOf(resourceTemplates);
        prompts = List.copyOf(prompts);
        connectors = List.copyOf(connectors);
    }

    /** The tools that only read; all of them in a family where each writes. */
    List<Tool> readers() {
        var readers =
                tools.stream().filter(tool -> tool.annotations().readOnly()).toList();
        return readers.isEmpty() ? tools : readers;
    }

    /** The one that shows the same as a prompt or resource that names it. */
    List<Tool> readers(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).toList();
    }
}

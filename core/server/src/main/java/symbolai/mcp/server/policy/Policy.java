package symbolai.mcp.server.policy;

import java.util.List;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.config.ToolsConfig;

/** Decides who may call what: admins only, within the limits of their key, and nothing that writes where writing is switched off. */
public final class Policy {
    private static final String BUILT_IN = "admins";

    private final ToolsConfig config;

    public Policy(ToolsConfig config) {
        this.config = config;
    }

    /** Whether the caller may call the tool. */
    public Decision decide(Caller caller, Tool tool) {
        if (caller.role() != Role.ADMIN) {
            return onlyAdmins(caller);
        }
        if (!keyAllows(caller, tool)) {
            return Decision.refused("key", "your API key is limited to the tools " + String.join(", ", caller.tools()));
        }
        if (!config.writes() && !tool.annotations().readOnly()) {
            return Decision.refused("read-only", "tools that change anything are switched off (tools.writes is false)");
        }
        if (caller.credential().agent() && !tool.annotations().readOnly()) {
            return Decision.approval("agents", "what an agent's key writes needs an approval", Caps.NONE);
        }
        return Decision.allowed(BUILT_IN, Caps.NONE);
    }

    /**
     * Whether the caller may use the prompts and resources of a plugin.
     *
     * @param tools the plugin's tools; a key that is limited to some tools reaches the plugins of these tools only
     */
    public Decision decideReading(Caller caller, List<Tool> tools) {
        if (caller.role() != Role.ADMIN) {
            return onlyAdmins(caller);
        }
        if (!caller.tools().isEmpty() && tools.stream().noneMatch(tool -> keyAllows(caller, tool))) {
            return Decision.refused("key", "your API key is limited to the tools " + String.join(", ", caller.tools()));
        }
        return Decision.allowed(BUILT_IN, Caps.NONE);
    }

    private static Decision onlyAdmins(Caller caller) {
        return Decision.refused(
                "default",
                "only admins may do this, and you are " + article(caller.role())
                        + caller.role().text());
    }

    private static String article(Role role) {
        return role == Role.VIEWER ? "a " : "an ";
    }

    private static boolean keyAllows(Caller caller, Tool tool) {
        return caller.tools().isEmpty() || caller.tools().stream().anyMatch(glob -> Glob.matches(glob, tool.name()));
    }
}

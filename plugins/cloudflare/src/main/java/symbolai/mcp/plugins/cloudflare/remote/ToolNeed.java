package symbolai.mcp.plugins.cloudflare.remote;

import java.util.Set;

/**
 * A tool of a server that an operation uses.
 *
 * @param arguments all that it may be sent
 */
record ToolNeed(Server server, String tool, Set<String> arguments) {

    ToolNeed {
        arguments = Set.copyOf(arguments);
    }

    static ToolNeed of(Server server, String tool, String... arguments) {
        return new ToolNeed(server, tool, Set.of(arguments));
    }
}

package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What to paste where, so that a client finds the server. */
final class ClientSnippets {

    /** The path that clients are given. */
    static final String PATH = "/api/mcp/sse";

    private static final String NAME = "symbolai";
    /** Older ones run what a server tells them, and newer ones are not known to us. */
    private static final String BRIDGE = "mcp-remote@^0.15";

    private static final String PLACEHOLDER = "YOUR-API-KEY";

    private final String url;
    private final Optional<String> key;

    private ClientSnippets(String url, Optional<String> key) {
        this.url = url;
        this.key = key;
    }

    /**
     * The snippet for a client, if it is known.
     *
     * @param server where the server is reached
     * @param key the API key; empty when the server asks for none
     */
    static Optional<String> of(String client, String server, Optional<String> key) {
        return Optional.ofNullable(new ClientSnippets(server + PATH, key).all().get(client));
    }

    /** The clients that are known. */
    static List<String> clients() {
        return List.copyOf(new ClientSnippets("", Optional.empty()).all().keySet());
    }

    /** What stands for a key that is not known. */
    static Optional<String> placeholder() {
        return Optional.of(PLACEHOLDER);
    }

    private Map<String, String> all() {
        var all = new TreeMap<String, String>();
        all.put("claude", in("Claude Desktop, claude_desktop_config.json", servers("mcpServers", bridge())));
        all.put("claude-code", claudeCode());
        all.put("cline", in("Cline, cline_mcp_settings.json", servers("mcpServers", typed("streamableHttp", "url"))));
        all.put("codex", codex());
        all.put("cursor", in("Cursor, ~/.cursor/mcp.json", servers("mcpServers", plain("url"))));
        all.put("gemini", in("Gemini CLI, ~/.gemini/settings.json", servers("mcpServers", plain("httpUrl"))));
        all.put("mcp-remote", mcpRemote());
        all.put("opencode", in("OpenCode, opencode.json", servers("mcp", openCode())));
        all.put("roo", in("Roo Code, mcp_settings.json", servers("mcpServers", typed("streamable-http", "url"))));
        all.put("stdio", in("any client that starts programs", servers("mcpServers", stdio())));
        all.put("vscode", in("VS Code, .vscode/mcp.json", vscode()));
        all.put(
                "windsurf",
                in("Windsurf, ~/.codeium/windsurf/mcp_config.json", servers("mcpServers", plain("serverUrl"))));
        all.put("zed", in("Zed, settings.json", servers("context_servers", plain("url"))));
        return all;
    }

    private static String in(String place, JsonObject json) {
        return place + ":\n" + json.encodePrettily();
    }

    private static JsonObject servers(String wrapper, JsonObject server) {
        return new JsonObject().put(wrapper, new JsonObject().put(NAME, server));
    }

    private JsonObject plain(String urlKey) {
        return withHeaders(new JsonObject().put(urlKey, url));
    }

    private JsonObject typed(String type, String urlKey) {
        return withHeaders(new JsonObject().put("type", type).put(urlKey, url));
    }

    private JsonObject openCode() {
        var server = new JsonObject().put("type", "remote").put("url", url);
        return withHeaders(key.isPresent() ? server.put("oauth", false) : server);
    }

    private JsonObject withHeaders(JsonObject server) {
        key.ifPresent(shown -> server.put("headers", new JsonObject().put("Authorization", "Bearer " + shown)));
        return server;
    }

    private String claudeCode() {
        return "Claude Code:\nclaude mcp add --transport http " + NAME + " " + url
                + key.map(shown -> " --header \"Authorization: Bearer " + shown + "\"")
                        .orElse("");
    }

    private String codex() {
        var toml = "[mcp_servers." + NAME + "]\nurl = \"" + url + "\"";
        return "Codex, ~/.codex/config.toml:\n" + toml
                + key.map(shown -> "\nbearer_token_env_var = \"SYMBOLAI_MCP_KEY\"\n\nand in the shell that starts it:\n"
                                + "export SYMBOLAI_MCP_KEY=" + shown)
                        .orElse("");
    }

    private String mcpRemote() {
        var header = key.map(shown -> " --header \"Authorization:Bearer " + shown + "\"")
                .orElse("");
        return "mcp-remote, the bridge for clients without HTTP:\nnpx -y " + BRIDGE + " " + url + allowHttp() + header;
    }

    /** The header without a space, and the space in a variable: some clients break arguments at spaces. */
    private JsonObject bridge() {
        var arguments = new JsonArray().add("-y").add(BRIDGE).add(url);
        if (!allowHttp().isEmpty()) {
            arguments.add("--allow-http");
        }
        var server = new JsonObject().put("command", "npx").put("args", arguments);
        key.ifPresent(shown -> {
            arguments.add("--header").add("Authorization:${AUTH_HEADER}");
            server.put("env", new JsonObject().put("AUTH_HEADER", "Bearer " + shown));
        });
        return server;
    }

    private String allowHttp() {
        return url.startsWith("http:") ? " --allow-http" : "";
    }

    private static JsonObject stdio() {
        return new JsonObject().put("command", "symbolai-mcp").put("args", new JsonArray().add("stdio"));
    }

    /** VS Code asks for the key and keeps it where it is safe. */
    private JsonObject vscode() {
        var server = new JsonObject().put("type", "http").put("url", url);
        var json = servers("servers", server);
        if (key.isPresent()) {
            server.put("headers", new JsonObject().put("Authorization", "Bearer ${input:symbolai-key}"));
            json.put(
                    "inputs",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("id", "symbolai-key")
                                    .put("type", "promptString")
                                    .put("description", "API key of SymbolAI MCP")
                                    .put("password", true)));
        }
        return json;
    }
}

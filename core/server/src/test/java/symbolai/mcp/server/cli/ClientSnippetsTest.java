package symbolai.mcp.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientSnippetsTest {

    private static final String LOCAL = "http://127.0.0.1:8420";
    private static final String URL = LOCAL + "/api/mcp/sse";
    /** What npx is told to start, in a shell or in a file. */
    private static final Pattern STARTED = Pattern.compile("(?:npx |\"-y\")[-y\\s,\"]*(mcp-remote[^\\s\"]*)");

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(
                        "claude",
                        "Claude Desktop, claude_desktop_config.json",
                        "{'mcpServers': {'symbolai': {'command': 'npx', 'args': ['-y', 'mcp-remote@^0.15', '" + URL
                                + "', '--allow-http', '--header', 'Authorization:${AUTH_HEADER}'],"
                                + " 'env': {'AUTH_HEADER': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "cline",
                        "Cline, cline_mcp_settings.json",
                        "{'mcpServers': {'symbolai': {'type': 'streamableHttp', 'url': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "cursor",
                        "Cursor, ~/.cursor/mcp.json",
                        "{'mcpServers': {'symbolai': {'url': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "gemini",
                        "Gemini CLI, ~/.gemini/settings.json",
                        "{'mcpServers': {'symbolai': {'httpUrl': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "opencode",
                        "OpenCode, opencode.json",
                        "{'mcp': {'symbolai': {'type': 'remote', 'url': '" + URL
                                + "', 'oauth': false, 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "roo",
                        "Roo Code, mcp_settings.json",
                        "{'mcpServers': {'symbolai': {'type': 'streamable-http', 'url': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "stdio",
                        "any client that starts programs",
                        "{'mcpServers': {'symbolai': {'command': 'symbolai-mcp', 'args': ['stdio']}}}"),
                Arguments.of(
                        "vscode",
                        "VS Code, .vscode/mcp.json",
                        "{'servers': {'symbolai': {'type': 'http', 'url': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer ${input:symbolai-key}'}}}, 'inputs': [{'id':"
                                + " 'symbolai-key', 'type': 'promptString', 'description': 'API key of SymbolAI MCP',"
                                + " 'password': true}]}"),
                Arguments.of(
                        "windsurf",
                        "Windsurf, ~/.codeium/windsurf/mcp_config.json",
                        "{'mcpServers': {'symbolai': {'serverUrl': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"),
                Arguments.of(
                        "zed",
                        "Zed, settings.json",
                        "{'context_servers': {'symbolai': {'url': '" + URL
                                + "', 'headers': {'Authorization': 'Bearer KEY'}}}}"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aFileIsShownAsTheClientReadsIt(String client, String place, String json) {
        var snippet = ClientSnippets.of(client, LOCAL, Optional.of("KEY")).orElseThrow();

        assertThat(snippet).startsWith(place + ":\n");
        assertThat(new JsonObject(snippet.substring(place.length() + 2)))
                .isEqualTo(new JsonObject(json.replace('\'', '"')));
    }

    @Test
    void commandsAreShownAsTheyAreTyped() {
        assertThat(ClientSnippets.of("claude-code", LOCAL, Optional.of("KEY")))
                .contains("Claude Code:\nclaude mcp add --transport http symbolai " + URL
                        + " --header \"Authorization: Bearer KEY\"");
        assertThat(ClientSnippets.of("mcp-remote", LOCAL, Optional.of("KEY")))
                .contains("mcp-remote, the bridge for clients without HTTP:\nnpx -y mcp-remote@^0.15 " + URL
                        + " --allow-http --header \"Authorization:Bearer KEY\"");
        assertThat(ClientSnippets.of("codex", LOCAL, Optional.of("KEY")))
                .contains("Codex, ~/.codex/config.toml:\n[mcp_servers.symbolai]\nurl = \"" + URL
                        + "\"\nbearer_token_env_var = \"SYMBOLAI_MCP_KEY\"\n\nand in the shell that starts it:\n"
                        + "export SYMBOLAI_MCP_KEY=KEY");
    }

    /** Releases before 0.1.16 let a server run commands on the user's machine. */
    @Test
    void row10NothingThatIsPastedTakesAnyReleaseOfTheBridge() throws IOException {
        var root = Path.of(System.getProperty("project.root"));
        var pasted = new ArrayList<String>();
        for (var client : ClientSnippets.clients()) {
            pasted.add(ClientSnippets.of(client, LOCAL, Optional.of("KEY")).orElseThrow());
        }
        for (var document : List.of("README.md", "docs/oauth.md", "docs/listener.md")) {
            pasted.add(Files.readString(root.resolve(document)));
        }

        var started = pasted.stream()
                .flatMap(text -> STARTED.matcher(text).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(started).hasSizeGreaterThanOrEqualTo(5).containsOnly("mcp-remote@^0.15");
    }

    @Test
    void withoutAuthenticationThereIsNoKey() {
        assertThat(ClientSnippets.clients())
                .hasSize(13)
                .allSatisfy(client -> assertThat(ClientSnippets.of(client, "https://mcp.example.com", Optional.empty()))
                        .hasValueSatisfying(snippet -> assertThat(snippet)
                                .doesNotContain("Bearer")
                                .doesNotContain("allow-http")
                                .doesNotContain("KEY")));
    }

    @Test
    void anUnknownClientHasNoSnippet() {
        assertThat(ClientSnippets.of("emacs", LOCAL, Optional.empty())).isEmpty();
    }

    @Test
    void nothingInATableSpeaksToTheTerminal() {
        var table = new Table("NAME", "LABEL");
        table.row("a", "x\u001b[31m\ny\u202e");

        assertThat(table.text()).isEqualTo("NAME  LABEL\na     x?[31m?y?");
    }
}

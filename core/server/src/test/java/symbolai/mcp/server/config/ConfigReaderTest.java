package symbolai.mcp.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.config.ConfigSources.Flag;
import symbolai.mcp.server.config.ServerConfig.Auth;

class ConfigReaderTest {

    @TempDir
    Path folder;

    @Test
    void withoutAnythingTheDefaultsHold() {
        var config = read(Map.of(), Optional.empty(), List.of(), List.of()).server();

        assertThat(config)
                .isEqualTo(new ServerConfig(
                        false,
                        Path.of("/home/ada/.symbolai-mcp"),
                        Optional.empty(),
                        Auth.KEYS,
                        new HttpConfig("127.0.0.1", 8420, Optional.empty(), List.of(), List.of(), true, 1_048_576),
                        new PluginsConfig(
                                Path.of("/home/ada/.symbolai-mcp/plugins"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                Map.of()),
                        new ToolsConfig(Duration.ofSeconds(30), 64, false, true),
                        ConnectionsConfig.DEFAULT,
                        new AuditConfig(Durability.DURABLE),
                        LocalApiConfig.OFF,
                        LimitsConfig.DEFAULT,
                        IdentityConfig.DEFAULT,
                        ApprovalsConfig.DEFAULT));
    }

    @Test
    void everythingCanBeSetInTheFile() throws IOException {
        var config = read("""
                        mode: development
                        auth: none
                        masterKeyFile: ~/master.key
                        data:
                          folder: ~/data
                        server:
                          host: "[::1]"
                          port: 0
                          publicUrl: https://mcp.example.com/base/
                          trustedProxies: [10.0.0.0/8, "::1"]
                          allowedOrigins: https://a.example.com, http://localhost:3000
                          legacySse: false
                          maxBodyBytes: 2048
                          maxConnections: 20
                          maxConnectionsPerAddress: 5
                        tls:
                          certificate: ~/server.pem
                          key: /etc/server.key
                        plugins:
                          folder: /opt/plugins
                          scan: 500ms
                          drain: 2m
                          config:
                            d1: {sample: false, "list": [1, two, 3.5], deep: {a: "5", b: null}}
                        tools:
                          deadline: 1h
                          concurrency: 1
                          checkOutput: true
                          writes: false
                        connections:
                          default: none
                          requestsPer5Minutes: 5
                          concurrency: 2
                          retryDelays: [10ms, 1s]
                        audit:
                          durability: queued
                        localApi:
                          port: ""
                        limits:
                          callsPerMinute: 0
                          callsPerMinutePerKey: 5
                          concurrentCalls: 3
                          tools: [d1_*=30]
                        access:
                          addresses: 10.0.0.0/8
                        signIn:
                          idle: 5m
                          longest: 1h
                          passwords: false
                          provider:
                            issuer: https://login.example.com/realms/staff/
                            name: Example's staff
                            clientId: symbolai
                            clientSecret: pssst pssst
                            scopes: openid, groups
                            roleClaim: realm_access.roles
                            roles:
                              admin: [boss, "a, b"]
                              viewer: all
                            createUsers: false
                            trustNames: true
                        oauth:
                          discovery: false
                          allowedRedirects: [acme, x-app]
                          accessToken: 1m
                          refreshToken: 24h
                          refreshGrace: 0s
                        approvals:
                          expires: 1h
                          required: 2
                        """).server();

        assertThat(config)
                .isEqualTo(new ServerConfig(
                        true,
                        Path.of("/home/ada/data"),
                        Optional.of(Path.of("/home/ada/master.key")),
                        Auth.NONE,
                        new HttpConfig(
                                "::1",
                                0,
                                Optional.of(URI.create("https://mcp.example.com/base")),
                                List.of("10.0.0.0/8", "::1"),
                                List.of("https://a.example.com", "http://localhost:3000"),
                                false,
                                2048,
                                Optional.of(new TlsConfig(Path.of("/home/ada/server.pem"), Path.of("/etc/server.key"))),
                                new ConnectionCaps(20, 5)),
                        new PluginsConfig(
                                Path.of("/opt/plugins"),
                                Duration.ofMillis(500),
                                Duration.ofMinutes(2),
                                Map.of(
                                        "d1",
                                        new JsonObject()
                                                .put("sample", false)
                                                .put(
                                                        "list",
                                                        new JsonArray()
                                                                .add(1L)
                                                                .add("two")
                                                                .add(3.5))
                                                .put("deep", new JsonObject().put("a", "5")))),
                        new ToolsConfig(Duration.ofHours(1), 1, true, false),
                        new ConnectionsConfig(false, 5, 2, List.of(Duration.ofMillis(10), Duration.ofSeconds(1))),
                        new AuditConfig(Durability.QUEUED),
                        LocalApiConfig.OFF,
                        new LimitsConfig(0, 5, 3, Map.of("d1_*", 30), List.of("10.0.0.0/8")),
                        new IdentityConfig(
                                Duration.ofMinutes(5),
                                Duration.ofHours(1),
                                new OAuthConfig(
                                        false,
                                        List.of("acme", "x-app"),
                                        Duration.ofMinutes(1),
                                        Duration.ofHours(24),
                                        Duration.ZERO),
                                false,
                                config.identity().provider()),
                        new ApprovalsConfig(Duration.ofHours(1), 2)));
        var provider = config.identity().provider().orElseThrow();
        assertThat(provider.clientSecret().orElseThrow().reveal()).isEqualTo("pssst pssst");
        assertThat(provider)
                .isEqualTo(new ProviderConfig(
                        "https://login.example.com/realms/staff/",
                        "Example's staff",
                        "symbolai",
                        provider.clientSecret(),
                        List.of("openid", "groups"),
                        "realm_access.roles",
                        Map.of(
                                Role.ADMIN,
                                List.of("boss", "a, b"),
                                Role.OPERATOR,
                                List.of(),
                                Role.AUDITOR,
                                List.of(),
                                Role.VIEWER,
                                List.of("all")),
                        false,
                        true));
    }

    @Test
    void aFlagBeatsTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefault() throws IOException {
        var file = file("server: {port: 1, host: 127.0.0.2, maxBodyBytes: 5000}\n");
        var environment = Map.of("SYMBOLAI_MCP_SERVER_PORT", "2", "SYMBOLAI_MCP_SERVER_HOST", "127.0.0.3");
        var flags = List.of(new Flag("--port", "server.port", "4"));

        var configuration = read(environment, Optional.of(file), flags, List.of("server.port=3", "tools.writes=false"));

        assertThat(configuration.server().http().port()).isEqualTo(4);
        assertThat(configuration.server().http().host()).isEqualTo("127.0.0.3");
        assertThat(configuration.server().http().maxBodyBytes()).isEqualTo(5000);
        assertThat(configuration.values())
                .contains(
                        new Configuration.Effective("server.port", "4", "--port"),
                        new Configuration.Effective("server.host", "127.0.0.3", "SYMBOLAI_MCP_SERVER_HOST"),
                        new Configuration.Effective("server.maxBodyBytes", "5000", file + ":1"),
                        new Configuration.Effective("tools.writes", "false", "--set"),
                        new Configuration.Effective("tools.deadline", "30s", "default"));
    }

    @Test
    void theDistributionBringsItsFileAndItsPlugins() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/symbolai-mcp.yaml"), "server:\n  port: 7\n");

        var config = new ConfigReader(new ConfigSources(
                        Map.of("SYMBOLAI_MCP_DATA", "/data"),
                        Path.of("/home/ada"),
                        Optional.of(folder),
                        Optional.empty(),
                        List.of(),
                        List.of()))
                .read()
                .server();

        assertThat(config.http().port()).isEqualTo(7);
        assertThat(config.plugins().folder()).isEqualTo(folder.resolve("plugins"));
        assertThat(config.dataFolder()).isEqualTo(Path.of("/data"));
    }

    @Test
    void theEnvironmentNamesTheFile() throws IOException {
        var file = file("server: {port: 7}");

        var config = read(Map.of("SYMBOLAI_MCP_CONFIG", file.toString()), Optional.empty(), List.of(), List.of());

        assertThat(config.server().http().port()).isEqualTo(7);
    }

    @Test
    void secretsOfPluginsComeFromFilesAndAreNotShown() throws IOException {
        var secret = Files.writeString(folder.resolve("token"), "s3cret\n");
        var environment = Map.of(
                "SYMBOLAI_MCP_PLUGINS_CONFIG_D1_API_TOKEN_FILE",
                secret.toString(),
                "SYMBOLAI_MCP_PLUGINS_CONFIG_D1_RETRIES",
                "3");

        var configuration = read(
                environment,
                Optional.empty(),
                List.of(),
                List.of("plugins.config.kv.a.b=true", "plugins.config.d1.retries=4"));

        assertThat(configuration.server().plugins().config())
                .isEqualTo(Map.of(
                        "d1", new JsonObject().put("apiToken", "s3cret").put("retries", 4L),
                        "kv", new JsonObject().put("a", new JsonObject().put("b", true))));
        assertThat(configuration.values()).allMatch(value -> !value.value().contains("s3cret"));
        assertThat(configuration.values())
                .contains(new Configuration.Effective(
                        "plugins.config.d1.apiToken", "***", "SYMBOLAI_MCP_PLUGINS_CONFIG_D1_API_TOKEN_FILE"));
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of(
                        "signIn: {passwords: false}",
                        "signIn.passwords: false leaves no way to sign in; set signIn.provider.issuer too (FILE:1)"),
                Arguments.of(
                        "signIn: {provider: {issuer: http://login.example.com, clientId: a, roles: {admin: a}}}",
                        "signIn.provider.issuer: 'http://login.example.com' is not an issuer such as"
                                + " https://login.example.com/realms/staff, of https (of http on a loopback address only),"
                                + " without user, query and fragment (FILE:1)"),
                Arguments.of(
                        "signIn: {provider: {issuer: https://a.example, roles: {viewer: all}}}",
                        "signIn.provider.clientId: is needed, as the provider https://a.example knows this server by it (default)"),
                Arguments.of(
                        "signIn: {provider: {issuer: http://127.0.0.1:1/a, clientId: a}}",
                        "signIn.provider.roles.admin: lets nobody in: at least one of signIn.provider.roles.admin, operator,"
                                + " auditor and viewer must name a value of signIn.provider.roleClaim (default)"),
                Arguments.of(
                        "signIn: {provider: {issuer: https://a.example, clientId: a, clientSecret: short, roles: {admin: a}}}",
                        "signIn.provider.clientSecret: what was given is not a client secret of 8 to 1000 ASCII characters (FILE:1)"),
                Arguments.of("server: {port: x}", "server.port: 'x' is not a whole number from 0 to 65535 (FILE:1)"),
                Arguments.of("server: {port: -1}", "server.port: '-1' is not a whole number from 0 to 65535 (FILE:1)"),
                Arguments.of(
                        "server: {port: 65536}", "server.port: '65536' is not a whole number from 0 to 65535 (FILE:1)"),
                Arguments.of(
                        "server: {port: 99999999999999999999}",
                        "server.port: '99999999999999999999' is not a whole number from 0 to 65535 (FILE:1)"),
                Arguments.of(
                        "server: {port: 8_420}", "server.port: '8_420' is not a whole number from 0 to 65535 (FILE:1)"),
                Arguments.of("server: {port: [1]}", "server.port: must be one value, not a list (FILE:1)"),
                Arguments.of("server: {port: {a: 1}}", "server.port: must be a value, not a section (FILE:1)"),
                Arguments.of("server: {prot: 1}", "server.prot: unknown key; did you mean server.port? (FILE:1)"),
                Arguments.of(
                        "server: {publicURL2: x}",
                        "server.publicURL2: unknown key; did you mean server.publicUrl? (FILE:1)"),
                Arguments.of("server: {zzzzzzzz: 1}", "server.zzzzzzzz: unknown key (FILE:1)"),
                Arguments.of("sever: {port: 1}", "sever: unknown key; did you mean server? (FILE:1)"),
                Arguments.of("\n\nserver:\n  - 1", "server: must be a section of keys and values (FILE:4)"),
                Arguments.of("server: 5", "server: must be a section of keys and values (FILE:1)"),
                Arguments.of("- a", "the file: must be a section of keys and values (FILE:1)"),
                Arguments.of("just text", "the file: must be a section of keys and values (FILE:1)"),
                Arguments.of("? [a]\n: b", "the file: has a key that is not a text (FILE:1)"),
                Arguments.of("mode: production\nmode: development", "mode: is given twice (FILE:2)"),
                Arguments.of("mode: debug", "mode: 'debug' is not production or development (FILE:1)"),
                Arguments.of("auth: NONE", "auth: 'NONE' is not none or keys (FILE:1)"),
                Arguments.of(
                        "auth: none\nserver: {host: 0.0.0.0}",
                        "auth: none is only allowed on a loopback address, and server.host is 0.0.0.0 (FILE:1)"),
                Arguments.of(
                        "tls: {certificate: a.pem}",
                        "tls.key: is needed, because tls.certificate is set: TLS takes both (FILE:1)"),
                Arguments.of(
                        "tls: {key: a.key}",
                        "tls.certificate: is needed, because tls.key is set: TLS takes both (FILE:1)"),
                Arguments.of(
                        "auth: none\nserver: {host: 127.0.0.1.evil.com}",
                        "auth: none is only allowed on a loopback address, and server.host is 127.0.0.1.evil.com (FILE:1)"),
                Arguments.of(
                        "auth: none\nserver: {host: \"::\"}",
                        "auth: none is only allowed on a loopback address, and server.host is :: (FILE:1)"),
                Arguments.of("server: {host: a b}", "server.host: 'a b' is not a host name or an IP address (FILE:1)"),
                Arguments.of("server: {legacySse: yes}", "server.legacySse: 'yes' is not true or false (FILE:1)"),
                Arguments.of(
                        "server: {maxBodyBytes: 1MiB}",
                        "server.maxBodyBytes: '1MiB' is not a whole number from 1024 to 67108864 (FILE:1)"),
                Arguments.of(
                        "server: {publicUrl: mcp.example.com}",
                        "server.publicUrl: 'mcp.example.com' is not a URL such as https://mcp.example.com, of http or"
                                + " https, with a host and without user, query and fragment (FILE:1)"),
                Arguments.of(
                        "server: {publicUrl: \"https://a@b\"}",
                        "server.publicUrl: 'https://a@b' is not a URL such as https://mcp.example.com, of http or"
                                + " https, with a host and without user, query and fragment (FILE:1)"),
                Arguments.of(
                        "server: {publicUrl: \"ftp://b\"}",
                        "server.publicUrl: 'ftp://b' is not a URL such as https://mcp.example.com, of http or"
                                + " https, with a host and without user, query and fragment (FILE:1)"),
                Arguments.of(
                        "server: {allowedOrigins: [\"*\"]}",
                        "server.allowedOrigins: '*' is not an origin such as https://app.example.com, without a path and"
                                + " without * (FILE:1)"),
                Arguments.of(
                        "server: {allowedOrigins: [https://a.com/]}",
                        "server.allowedOrigins: 'https://a.com/' is not an origin such as https://app.example.com,"
                                + " without a path and without * (FILE:1)"),
                Arguments.of(
                        "server: {trustedProxies: [10.0.0.0/33]}",
                        "server.trustedProxies: '10.0.0.0/33' is not an IP address or a CIDR range such as 10.0.0.0/8"
                                + " (FILE:1)"),
                Arguments.of(
                        "server: {trustedProxies: [proxy.example.com]}",
                        "server.trustedProxies: 'proxy.example.com' is not an IP address or a CIDR range such as"
                                + " 10.0.0.0/8 (FILE:1)"),
                Arguments.of(
                        "plugins: {scan: 10}",
                        "plugins.scan: '10' is not a duration from 100ms to 1h, such as 500ms, 30s or 2m (FILE:1)"),
                Arguments.of(
                        "plugins: {scan: 1ms}",
                        "plugins.scan: '1ms' is not a duration from 100ms to 1h, such as 500ms, 30s or 2m (FILE:1)"),
                Arguments.of(
                        "plugins: {drain: 2h}",
                        "plugins.drain: '2h' is not a duration from 0s to 1h, such as 500ms, 30s or 2m (FILE:1)"),
                Arguments.of(
                        "tools: {deadline: 1 day}",
                        "tools.deadline: '1 day' is not a duration from 100ms to 1h, such as 500ms, 30s or 2m (FILE:1)"),
                Arguments.of(
                        "tools: {concurrency: 0}",
                        "tools.concurrency: '0' is not a whole number from 1 to 10000 (FILE:1)"),
                Arguments.of("audit: {durability: none}", "audit.durability: 'none' is not queued or durable (FILE:1)"),
                Arguments.of("data: {folder: \"\"}", "data.folder: '' is not a path (FILE:1)"),
                Arguments.of("plugins: {config: 5}", "plugins.config: must be a section of keys and values (FILE:1)"),
                Arguments.of(
                        "plugins: {config: {d1: 5}}",
                        "plugins.config.d1: must be a section of keys and values (FILE:1)"),
                Arguments.of(
                        "plugins: {config: {d1: {a: &x [*x]}}}",
                        "plugins.config.d1.a: anchors and aliases are not allowed (FILE:1)"),
                Arguments.of("server: {port: 1", "not valid YAML: expected ',' or '}', but got <stream end> (FILE:1)"),
                Arguments.of("a: b: c", "not valid YAML: mapping values are not allowed here (FILE:1)"),
                Arguments.of("a: \u0007", "not valid YAML: it has characters that YAML does not allow (FILE)"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void aMistakeInTheFileIsNamedWithItsLine(String yaml, String message) throws IOException {
        var file = file(yaml);

        var failure = catchThrowableOfType(
                InvalidConfiguration.class, () -> read(Map.of(), Optional.of(file), List.of(), List.of()));

        assertThat(failure.problems()).containsExactly(message.replace("FILE", file.toString()));
    }

    static Stream<Arguments> wrongElsewhere() {
        return Stream.of(
                Arguments.of(
                        "SYMBOLAI_MCP_SERVER_PORT",
                        "x",
                        "",
                        "server.port: 'x' is not a whole number from 0 to 65535 (SYMBOLAI_MCP_SERVER_PORT)"),
                Arguments.of(
                        "SYMBOLAI_MCP_SERVER_PROT",
                        "1",
                        "",
                        "SYMBOLAI_MCP_SERVER_PROT: unknown variable; did you mean SYMBOLAI_MCP_SERVER_PORT? (the environment)"),
                Arguments.of("SYMBOLAI_MCP_X", "1", "", "SYMBOLAI_MCP_X: unknown variable (the environment)"),
                Arguments.of(
                        "SYMBOLAI_MCP_DATA_FOLDER",
                        "1",
                        "",
                        "SYMBOLAI_MCP_DATA_FOLDER: unknown variable (the environment)"),
                Arguments.of(
                        "SYMBOLAI_MCP_PLUGINS_CONFIG_D1_KEY_FILE",
                        "/nowhere",
                        "",
                        "SYMBOLAI_MCP_PLUGINS_CONFIG_D1_KEY_FILE: the file /nowhere cannot be read (the environment)"),
                Arguments.of(
                        "SYMBOLAI_MCP_PLUGINS_CONFIG_D1",
                        "1",
                        "",
                        "plugins.config: must be followed by a plugin's id and a key of the plugin"
                                + " (SYMBOLAI_MCP_PLUGINS_CONFIG_D1)"),
                Arguments.of("A", "", "server.port", "server.port: must be key=value (--set)"),
                Arguments.of("A", "", "=5", "=5: must be key=value (--set)"),
                Arguments.of("A", "", "server.hosts=5", "server.hosts: unknown key; did you mean server.host? (--set)"),
                Arguments.of("A", "", "server=5", "server: unknown key (--set)"),
                Arguments.of("A", "", "tools.writes=maybe", "tools.writes: 'maybe' is not true or false (--set)"),
                Arguments.of(
                        "A",
                        "",
                        "plugins.config.d1=5",
                        "plugins.config: must be followed by a plugin's id and a key of the plugin (--set)"),
                Arguments.of(
                        "SYMBOLAI_MCP_CONFIG", "/nowhere.yaml", "", "/nowhere.yaml: there is no such file (--config)"));
    }

    @ParameterizedTest
    @MethodSource("wrongElsewhere")
    void aMistakeElsewhereIsNamedWithItsSource(String variable, String value, String set, String message) {
        var sets = set.isEmpty() ? List.<String>of() : List.of(set);

        var failure = catchThrowableOfType(
                InvalidConfiguration.class, () -> read(Map.of(variable, value), Optional.empty(), List.of(), sets));

        assertThat(failure.problems()).containsExactly(message);
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        var file = file("server:\n  port: x\n  prot: 1\ntools:\n  writes: 1\n");
        var environment = Map.of("SYMBOLAI_MCP_MODE", "x");
        var flags = List.of(new Flag("--host", "server.host", "?"));

        assertThatThrownBy(() -> read(environment, Optional.of(file), flags, List.of("x=1")))
                .hasMessage(String.join(
                        "\n",
                        "server.prot: unknown key; did you mean server.port? (" + file + ":3)",
                        "x: unknown key (--set)",
                        "mode: 'x' is not production or development (SYMBOLAI_MCP_MODE)",
                        "server.host: '?' is not a host name or an IP address (--host)",
                        "server.port: 'x' is not a whole number from 0 to 65535 (" + file + ":2)",
                        "tools.writes: '1' is not true or false (" + file + ":5)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255/32",
                "10.0.0.0/0",
                "::",
                "::1",
                "1::",
                "fe80::1:2/64",
                "1:2:3:4:5:6:7:8/128"
            })
    void addressesAndRangesAreKnown(String text) {
        assertThat(Network.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.1.1.1",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/08",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::1/129",
                "::g",
                "1.2.3.4 "
            })
    void otherTextsAreNotAddresses(String text) {
        assertThat(Network.isValid(text)).isFalse();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), yaml);
    }

    @Test
    void theLocalApiNeedsATokenWhichIsNeverShown() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "a-token-in-a-file\n");
        var port = List.of(new ConfigSources.Flag("--local-api", "localApi.port", "0"));

        var byText = read(Map.of("SYMBOLAI_MCP_LOCAL_API_TOKEN", "a-token-as-text"), Optional.empty(), port, List.of());
        var byFile =
                read(Map.of("SYMBOLAI_MCP_LOCAL_API_TOKEN_FILE", file.toString()), Optional.empty(), port, List.of());

        assertThat(byText.server().localApi().token().orElseThrow().reveal()).isEqualTo("a-token-as-text");
        assertThat(byFile.server().localApi().token().orElseThrow().reveal()).isEqualTo("a-token-in-a-file");
        assertThat(byText.toString() + byFile).doesNotContain("a-token-as-text", "a-token-in-a-file");
        assertThatThrownBy(() -> read(Map.of(), Optional.empty(), port, List.of()))
                .hasMessageContaining("localApi.port: needs a token")
                .hasMessageContaining("SYMBOLAI_MCP_LOCAL_API_TOKEN");
        assertThatThrownBy(() ->
                        read(Map.of("SYMBOLAI_MCP_LOCAL_API_TOKEN", "too-short"), Optional.empty(), port, List.of()))
                .hasMessageContaining("localApi.token: what was given is not a token of 10 to 500")
                .hasMessageNotContaining("too-short");
    }

    private Configuration read(String yaml) throws IOException {
        return read(Map.of(), Optional.of(file(yaml)), List.of(), List.of());
    }

    private static Configuration read(
            Map<String, String> environment, Optional<Path> file, List<Flag> flags, List<String> sets) {
        return new ConfigReader(
                        new ConfigSources(environment, Path.of("/home/ada"), Optional.empty(), file, flags, sets))
                .read();
    }
}

package symbolai.mcp.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.server.config.ServerConfig.Auth;

/** Puts the configuration together: a flag beats the environment, which beats the file, which beats the default. */
public final class ConfigReader {

    private final ConfigSources sources;

    public ConfigReader(ConfigSources sources) {
        this.sources = sources;
    }

    /**
     * The configuration.
     *
     * @throws InvalidConfiguration with all mistakes at once
     */
    public Configuration read() {
        var collected = new Collected();
        file().ifPresent(file -> new YamlFile(file, collected).read());
        new EnvironmentVariables(sources.environment(), collected).read();
        sources.sets().forEach(set -> set(set, collected));
        sources.flags().forEach(flag -> collected.put(flag.key(), Given.text(flag.value(), flag.name())));
        var values = new Values(collected, sources.user());
        var config = config(values, collected);
        if (!collected.problems().isEmpty()) {
            throw new InvalidConfiguration(collected.problems());
        }
        return new Configuration(config, values.effective());
    }

    private Optional<Path> file() {
        return sources.file()
                .or(() -> Optional.ofNullable(sources.environment().get(EnvironmentVariables.CONFIG))
                        .map(Path::of))
                .or(() -> sources.distribution()
                        .map(folder -> folder.resolve("conf").resolve("symbolai-mcp.yaml"))
                        .filter(Files::exists));
    }

    private static void set(String set, Collected collected) {
        var equals = set.indexOf('=');
        if (equals < 1) {
            collected.problem(set, "must be key=value", "--set");
            return;
        }
        var key = set.substring(0, equals).strip();
        var value = set.substring(equals + 1).strip();
        if (key.startsWith(Settings.PLUGIN_SECTIONS + ".")) {
            var path = key.substring(Settings.PLUGIN_SECTIONS.length() + 1).split("\\.", -1);
            collected.putSection(Arrays.asList(path), YamlValues.plain(value), "--set");
        } else if (Settings.of(key).isPresent()) {
            collected.put(key, Given.text(value, "--set"));
        } else {
            collected.unknown(key, "key", Settings.keys(), "--set");
        }
    }

    private ServerConfig config(Values values, Collected collected) {
        var data = values.path(Settings.DATA);
        var config = new ServerConfig(
                values.get(Settings.DEVELOPMENT),
                data,
                values.optionalPath(Settings.MASTER_KEY),
                values.get(Settings.AUTH),
                http(values, collected),
                plugins(values, data, collected),
                new ToolsConfig(
                        values.get(Settings.DEADLINE),
                        values.get(Settings.CONCURRENCY),
                        values.get(Settings.CHECK_OUTPUT),
                        values.get(Settings.WRITES)),
                new ConnectionsConfig(
                        values.get(Settings.DEFAULT_CONNECTION),
                        values.get(Settings.REQUESTS),
                        values.get(Settings.REQUESTS_AT_ONCE),
                        values.list(Settings.RETRY_DELAYS)),
                new AuditConfig(
                        values.get(Settings.DURABILITY),
                        values.optionalPath(Settings.CHECKPOINTS),
                        values.get(Settings.ARGUMENTS),
                        values.get(Settings.SEAL_PERSONS),
                        values.get(Settings.RETENTION)),
                localApi(values, collected),
                new LimitsConfig(
                        values.get(Settings.CALLS_PER_MINUTE),
                        values.get(Settings.CALLS_PER_MINUTE_PER_KEY),
                        values.get(Settings.CONCURRENT_CALLS),
                        values.list(Settings.TOOL_RATES).stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::min)),
                        values.list(Settings.ADDRESSES)),
                new IdentitySection(values, collected).read(),
                new ApprovalsConfig(values.get(Settings.APPROVAL_EXPIRES), values.get(Settings.APPROVAL_REQUIRED)));
        if (config.auth() == Auth.NONE && !Network.isLoopback(config.http().host())) {
            collected.problem(
                    Settings.AUTH.key(),
                    "none is only allowed on a loopback address, and server.host is "
                            + config.http().host(),
                    values.source(Settings.AUTH));
        }
        return config;
    }

    private static HttpConfig http(Values values, Collected collected) {
        return new HttpConfig(
                values.get(Settings.HOST),
                values.get(Settings.PORT),
                values.get(Settings.PUBLIC_URL),
                values.list(Settings.PROXIES),
                values.list(Settings.ORIGINS),
                values.get(Settings.LEGACY_SSE),
                values.get(Settings.BODY),
                tls(values, collected),
                new ConnectionCaps(
                        values.get(Settings.MAX_CONNECTIONS), values.get(Settings.MAX_CONNECTIONS_PER_ADDRESS)));
    }

    private static Optional<TlsConfig> tls(Values values, Collected collected) {
        var certificate = values.optionalPath(Settings.TLS_CERTIFICATE);
        var key = values.optionalPath(Settings.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            var missing = key.isEmpty() ? Settings.TLS_KEY : Settings.TLS_CERTIFICATE;
            var given = key.isEmpty() ? Settings.TLS_CERTIFICATE : Settings.TLS_KEY;
            collected.problem(
                    missing.key(),
                    "is needed, because " + given.key() + " is set: TLS takes both",
                    values.source(given));
        }
        return certificate.flatMap(file -> key.map(secret -> new TlsConfig(file, secret)));
    }

    private static LocalApiConfig localApi(Values values, Collected collected) {
        var config = new LocalApiConfig(values.get(Settings.LOCAL_API_PORT), values.get(Settings.LOCAL_API_TOKEN));
        if (config.port().isPresent() && config.token().isEmpty()) {
            collected.problem(
                    Settings.LOCAL_API_PORT.key(),
                    "needs a token that callers show: set " + Settings.LOCAL_API_TOKEN.variable()
                            + " to 10 to 500 visible ASCII characters",
                    values.source(Settings.LOCAL_API_PORT));
        }
        return config;
    }

    /** Without a folder of its own, the plugins of the distribution. */
    private PluginsConfig plugins(Values values, Path data, Collected collected) {
        var folder = values.optionalPath(Settings.PLUGINS)
                .orElseGet(() -> sources.distribution().orElse(data).resolve("plugins"));
        return new PluginsConfig(folder, values.get(Settings.SCAN), values.get(Settings.DRAIN), collected.sections());
    }
}

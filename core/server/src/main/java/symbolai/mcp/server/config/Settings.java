package symbolai.mcp.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.AuditConfig.Arguments;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.config.ServerConfig.Auth;

/** All keys that can be set, besides the sections of the plugins. */
final class Settings {

    static final String PLUGIN_SECTIONS = "plugins.config";

    static final Setting<Boolean> DEVELOPMENT =
            Setting.one("mode", Forms.choice(Map.of("production", false, "development", true)), "production");
    static final Setting<Auth> AUTH =
            Setting.one("auth", Forms.choice(Map.of("keys", Auth.KEYS, "none", Auth.NONE)), "keys");
    static final Setting<Optional<Path>> MASTER_KEY =
            Setting.one("masterKeyFile", Forms.path().orNothing(), "");
    static final Setting<Path> DATA = Setting.one("data.folder", Forms.path(), "~/.symbolai-mcp");
    static final Setting<String> HOST = Setting.one("server.host", Forms.host(), "127.0.0.1");
    static final Setting<Integer> PORT = Setting.one("server.port", Forms.number(0, 65_535), "8420");
    static final Setting<Optional<URI>> PUBLIC_URL =
            Setting.one("server.publicUrl", Forms.publicUrl().orNothing(), "");
    static final Setting<String> PROXIES = Setting.list("server.trustedProxies", Forms.network());
    static final Setting<String> ORIGINS = Setting.list("server.allowedOrigins", Forms.origin());
    static final Setting<Boolean> LEGACY_SSE = Setting.one("server.legacySse", Forms.bool(), "true");
    static final Setting<Integer> BODY = Setting.one("server.maxBodyBytes", Forms.number(1_024, 67_108_864), "1048576");
    static final Setting<Integer> MAX_CONNECTIONS =
            Setting.one("server.maxConnections", Forms.number(10, 1_000_000), "10000");
    static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS =
            Setting.one("server.maxConnectionsPerAddress", Forms.number(1, 1_000_000), "1000");
    static final Setting<Optional<Path>> TLS_CERTIFICATE =
            Setting.one("tls.certificate", Forms.path().orNothing(), "");
    static final Setting<Optional<Path>> TLS_KEY =
            Setting.one("tls.key", Forms.path().orNothing(), "");
    static final Setting<Optional<Path>> PLUGINS =
            Setting.one("plugins.folder", Forms.path().orNothing(), "");
    static final Setting<Duration> SCAN = Setting.one("plugins.scan", Forms.duration("100ms", "1h"), "1s");
    static final Setting<Duration> DRAIN = Setting.one("plugins.drain", Forms.duration("0s", "1h"), "30s");
    static final Setting<Duration> DEADLINE = Setting.one("tools.deadline", Forms.duration("100ms", "1h"), "30s");
    static final Setting<Integer> CONCURRENCY = Setting.one("tools.concurrency", Forms.number(1, 10_000), "64");
    static final Setting<Boolean> CHECK_OUTPUT = Setting.one("tools.checkOutput", Forms.bool(), "false");
    static final Setting<Boolean> WRITES = Setting.one("tools.writes", Forms.bool(), "true");
    static final Setting<Boolean> DEFAULT_CONNECTION =
            Setting.one("connections.default", Forms.choice(Map.of("local", true, "none", false)), "local");
    static final Setting<Integer> REQUESTS =
            Setting.one("connections.requestsPer5Minutes", Forms.number(1, 1_000_000), "1200");
    static final Setting<Integer> REQUESTS_AT_ONCE =
            Setting.one("connections.concurrency", Forms.number(1, 1_000), "32");
    static final Setting<Duration> RETRY_DELAYS =
            Setting.list("connections.retryDelays", Forms.duration("10ms", "1m"), "2s, 4s, 8s");
    static final Setting<Durability> DURABILITY = Setting.one(
            "audit.durability",
            Forms.choice(Map.of("durable", Durability.DURABLE, "queued", Durability.QUEUED)),
            "durable");
    static final Setting<Optional<Path>> CHECKPOINTS =
            Setting.one("audit.checkpointFolder", Forms.path().orNothing(), "");
    static final Setting<Arguments> ARGUMENTS = Setting.one(
            "audit.arguments", Forms.choice(Map.of("hash", Arguments.HASH, "sealed", Arguments.SEALED)), "hash");
    static final Setting<Boolean> SEAL_PERSONS = Setting.one("audit.sealPersons", Forms.bool(), "false");
    static final Setting<Integer> RETENTION = Setting.one("audit.retentionDays", Forms.number(0, 36_500), "0");
    static final Setting<Optional<Integer>> LOCAL_API_PORT =
            Setting.one("localApi.port", Forms.number(0, 65_535).orNothing(), "");
    static final Setting<Optional<Secret>> LOCAL_API_TOKEN = Setting.secret("localApi.token", Forms.token());

    static final Setting<Integer> CALLS_PER_MINUTE =
            Setting.one("limits.callsPerMinute", Forms.number(0, 100_000_000), "100");
    static final Setting<Integer> CALLS_PER_MINUTE_PER_KEY =
            Setting.one("limits.callsPerMinutePerKey", Forms.number(0, 100_000_000), "0");
    static final Setting<Integer> CONCURRENT_CALLS =
            Setting.one("limits.concurrentCalls", Forms.number(0, 10_000), "32");
    static final Setting<Map.Entry<String, Integer>> TOOL_RATES = Setting.list("limits.tools", Forms.rate());
    static final Setting<String> ADDRESSES = Setting.list("access.addresses", Forms.network());
    static final Setting<Duration> SIGN_IN_IDLE = Setting.one("signIn.idle", Forms.duration("1m", "24h"), "30m");
    static final Setting<Duration> SIGN_IN_LONGEST = Setting.one("signIn.longest", Forms.duration("1m", "168h"), "12h");
    static final Setting<Boolean> PASSWORDS = Setting.one("signIn.passwords", Forms.bool(), "true");
    static final Setting<Optional<String>> PROVIDER_ISSUER =
            Setting.one("signIn.provider.issuer", Forms.issuer().orNothing(), "");
    static final Setting<String> PROVIDER_NAME = Setting.one("signIn.provider.name", Forms.words(60), "single sign-on");
    static final Setting<Optional<String>> PROVIDER_CLIENT =
            Setting.one("signIn.provider.clientId", Forms.words(300).orNothing(), "");
    static final Setting<Optional<Secret>> PROVIDER_SECRET =
            Setting.secret("signIn.provider.clientSecret", Forms.clientSecret());
    static final Setting<String> PROVIDER_SCOPES =
            Setting.list("signIn.provider.scopes", Forms.words(100), "openid, profile, email");
    static final Setting<String> PROVIDER_ROLE_CLAIM =
            Setting.one("signIn.provider.roleClaim", Forms.words(300), "roles");
    static final Setting<String> PROVIDER_ADMINS = Setting.list("signIn.provider.roles.admin", Forms.words(300));
    static final Setting<String> PROVIDER_OPERATORS = Setting.list("signIn.provider.roles.operator", Forms.words(300));
    static final Setting<String> PROVIDER_AUDITORS = Setting.list("signIn.provider.roles.auditor", Forms.words(300));
    static final Setting<String> PROVIDER_VIEWERS = Setting.list("signIn.provider.roles.viewer", Forms.words(300));
    static final Setting<Boolean> PROVIDER_CREATES = Setting.one("signIn.provider.createUsers", Forms.bool(), "true");
    static final Setting<Boolean> PROVIDER_TRUSTS_NAMES =
            Setting.one("signIn.provider.trustNames", Forms.bool(), "false");
    static final Setting<Boolean> DISCOVERY = Setting.one("oauth.discovery", Forms.bool(), "true");
    static final Setting<String> ALLOWED_REDIRECTS =
            Setting.list("oauth.allowedRedirects", Forms.scheme(), "cursor, vscode, vscode-insiders, windsurf");
    static final Setting<Duration> ACCESS_TOKEN = Setting.one("oauth.accessToken", Forms.duration("1s", "24h"), "15m");
    static final Setting<Duration> REFRESH_TOKEN =
            Setting.one("oauth.refreshToken", Forms.duration("1m", "8760h"), "720h");
    static final Setting<Duration> REFRESH_GRACE =
            Setting.one("oauth.refreshGrace", Forms.duration("0s", "10m"), "120s");
    static final Setting<Duration> APPROVAL_EXPIRES =
            Setting.one("approvals.expires", Forms.duration("10s", "24h"), "15m");
    static final Setting<Integer> APPROVAL_REQUIRED = Setting.one("approvals.required", Forms.number(1, 2), "1");

    static final List<Setting<?>> ALL = List.of(
            DEVELOPMENT,
            AUTH,
            MASTER_KEY,
            DATA,
            HOST,
            PORT,
            PUBLIC_URL,
            PROXIES,
            ORIGINS,
            LEGACY_SSE,
            BODY,
            MAX_CONNECTIONS,
            MAX_CONNECTIONS_PER_ADDRESS,
            TLS_CERTIFICATE,
            TLS_KEY,
            PLUGINS,
            SCAN,
            DRAIN,
            DEADLINE,
            CONCURRENCY,
            CHECK_OUTPUT,
            WRITES,
            DEFAULT_CONNECTION,
            REQUESTS,
            REQUESTS_AT_ONCE,
            RETRY_DELAYS,
            DURABILITY,
            CHECKPOINTS,
            ARGUMENTS,
            SEAL_PERSONS,
            RETENTION,
            LOCAL_API_PORT,
            LOCAL_API_TOKEN,
            CALLS_PER_MINUTE,
            CALLS_PER_MINUTE_PER_KEY,
            CONCURRENT_CALLS,
            TOOL_RATES,
            ADDRESSES,
            SIGN_IN_IDLE,
            SIGN_IN_LONGEST,
            PASSWORDS,
            PROVIDER_ISSUER,
            PROVIDER_NAME,
            PROVIDER_CLIENT,
            PROVIDER_SECRET,
            PROVIDER_SCOPES,
            PROVIDER_ROLE_CLAIM,
            PROVIDER_ADMINS,
            PROVIDER_OPERATORS,
            PROVIDER_AUDITORS,
            PROVIDER_VIEWERS,
            PROVIDER_CREATES,
            PROVIDER_TRUSTS_NAMES,
            DISCOVERY,
            ALLOWED_REDIRECTS,
            ACCESS_TOKEN,
            REFRESH_TOKEN,
            REFRESH_GRACE,
            APPROVAL_EXPIRES,
            APPROVAL_REQUIRED);

    private Settings() {}

    static Optional<Setting<?>> of(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    /** Whether keys begin with this one. */
    static boolean isSection(String key) {
        return ALL.stream().anyMatch(setting -> setting.key().startsWith(key + "."));
    }

    /** What is known, for suggestions. */
    static List<String> keys() {
        return ALL.stream().<String>map(Setting::key).toList();
    }
}

package symbolai.mcp.testkit;

import symbolai.mcp.server.config.ApprovalsConfig;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.LocalApiConfig;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.config.ToolsConfig;

/** A configuration in which single sections are replaced. */
public final class ConfigChange {

    private final ServerConfig before;
    private boolean development;
    private Auth auth;
    private HttpConfig http;
    private ToolsConfig tools;
    private ConnectionsConfig connections;
    private AuditConfig audit;
    private LocalApiConfig localApi;
    private LimitsConfig limits;
    private IdentityConfig identity;
    private ApprovalsConfig approvals;

    private ConfigChange(ServerConfig before) {
        this.before = before;
        this.development = before.development();
        this.auth = before.auth();
        this.http = before.http();
        this.tools = before.tools();
        this.connections = before.connections();
        this.audit = before.audit();
        this.localApi = before.localApi();
        this.limits = before.limits();
        this.identity = before.identity();
        this.approvals = before.approvals();
    }

    /** Begins with this configuration. */
    public static ConfigChange of(ServerConfig before) {
        return new ConfigChange(before);
    }

    /** Whether errors carry details. */
    public ConfigChange development(boolean changed) {
        development = changed;
        return this;
    }

    /** Who is let in. */
    public ConfigChange auth(Auth changed) {
        auth = changed;
        return this;
    }

    /** The listener. */
    public ConfigChange http(HttpConfig changed) {
        http = changed;
        return this;
    }

    /** The invoker. */
    public ConfigChange tools(ToolsConfig changed) {
        tools = changed;
        return this;
    }

    /** The ways to outside systems. */
    public ConfigChange connections(ConnectionsConfig changed) {
        connections = changed;
        return this;
    }

    /** The audit log. */
    public ConfigChange audit(AuditConfig changed) {
        audit = changed;
        return this;
    }

    /** The local API. */
    public ConfigChange localApi(LocalApiConfig changed) {
        localApi = changed;
        return this;
    }

    /** The limits of callers. */
    public ConfigChange limits(LimitsConfig changed) {
        limits = changed;
        return this;
    }

    /** Sign-ins and OAuth. */
    public ConfigChange identity(IdentityConfig changed) {
        identity = changed;
        return this;
    }

    /** Approvals. */
    public ConfigChange approvals(ApprovalsConfig changed) {
        approvals = changed;
        return this;
    }

    /** The configuration with what was replaced. */
    public ServerConfig config() {
        return new ServerConfig(
                development,
                before.dataFolder(),
                before.masterKey(),
                auth,
                http,
                before.plugins(),
                tools,
                connections,
                audit,
                localApi,
                limits,
                identity,
                approvals);
    }
}

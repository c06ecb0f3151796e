package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.TlsConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.PrivateFile;
import symbolai.mcp.server.crypto.ServerCertificate;

/** Looks at everything that a server needs, without changing any of it. */
final class Examination {

    private static final long LEAST_SPACE = 100L << 20;
    private static final long DAYS_TO_RENEW = 14;

    private final ServerConfig config;
    private final List<Finding> findings = new ArrayList<>();

    Examination(ServerConfig config) {
        this.config = config;
    }

    /** One thing that was looked at. */
    record Finding(boolean good, String text) {}

    List<Finding> findings() {
        good("Java " + Runtime.version() + " in " + System.getProperty("java.home"));
        good("the configuration");
        dataFolder();
        masterKey();
        config.http().tls().ifPresent(this::certificate);
        plugins();
        Access.find(config).ifPresentOrElse(this::running, this::port);
        return List.copyOf(findings);
    }

    private void dataFolder() {
        var folder = config.dataFolder();
        if (!Files.exists(folder)) {
            good("the data folder " + folder + " will be made at the first start");
            return;
        }
        check("the data folder " + folder, () -> PrivateFile.check(folder, "the data folder"));
        try {
            var free = Files.getFileStore(folder).getUsableSpace();
            add(free >= LEAST_SPACE, "free space in " + folder + ": " + (free >> 20) + " MiB");
        } catch (IOException e) {
            add(false, "the free space in " + folder + " cannot be found out");
        }
    }

    private void masterKey() {
        var own = config.dataFolder().resolve("keys").resolve("master.key");
        var file = config.masterKey().orElse(own);
        if (config.masterKey().isEmpty() && !Files.exists(own)) {
            good("the master key will be made at the first start");
        } else {
            check("the master key " + file, () -> MasterKey.read(file));
        }
    }

    private void certificate(TlsConfig files) {
        check(
                "the TLS key fits its certificate",
                () -> expiry(ServerCertificate.read(files.certificate(), files.key())));
    }

    private void expiry(ServerCertificate certificate) {
        var left = Duration.between(Instant.now(), certificate.expires()).toDays();
        add(
                left >= DAYS_TO_RENEW,
                "the TLS certificate is good until " + certificate.expires()
                        + (left >= DAYS_TO_RENEW ? "" : ": renew it now; the server takes new files while it runs"));
    }

    private void plugins() {
        var folder = config.plugins().folder();
        try (var files = Files.list(folder)) {
            var zips = files.filter(file -> file.toString().endsWith(".zip")).count();
            add(zips > 0, "the plugins folder " + folder + " holds " + zips + " zips");
        } catch (IOException e) {
            add(false, "the plugins folder " + folder + " cannot be read");
        }
    }

    private void running(Path socket) {
        try (var server = new ControlClient(socket)) {
            var status = server.get("/status");
            good("a server of version " + status.getString("version") + " runs as process " + status.getLong("process")
                    + " at " + status.getString("url"));
            server.get("/plugins").getJsonArray("plugins").forEach(plugin -> plugin((JsonObject) plugin));
            config.http().publicUrl().filter(url -> hasDocuments()).ifPresent(this::documents);
        } catch (CommandFailed e) {
            add(false, "the server that runs does not answer: " + e.getMessage());
        }
    }

    private boolean hasDocuments() {
        return config.auth() != ServerConfig.Auth.NONE
                && config.identity().oauth().discovery();
    }

    private void documents(URI publicUrl) {
        try (var documents = new PublicDocuments(publicUrl)) {
            findings.addAll(documents.findings());
        }
    }

    private void plugin(JsonObject plugin) {
        var problems =
                plugin.getJsonArray("problems").stream().map(String::valueOf).toList();
        add(
                "loaded".equals(plugin.getString("state")),
                "the plugin " + plugin.getString("file") + " is " + plugin.getString("state")
                        + (problems.isEmpty() ? "" : ": " + String.join("; ", problems)));
    }

    private void port() {
        var http = config.http();
        try (var socket = new ServerSocket(http.port(), 1, InetAddress.getByName(http.host()))) {
            good("no server runs; port " + http.port() + " on " + http.host() + " is free"
                    + (socket.isBound() ? "" : " or was"));
        } catch (IOException e) {
            add(
                    false,
                    "no server runs, and port " + http.port() + " on " + http.host() + " is taken: " + e.getMessage());
        }
    }

    private void check(String what, Runnable check) {
        try {
            check.run();
            good(what);
        } catch (RuntimeException e) {
            add(false, String.valueOf(e.getMessage()));
        }
    }

    private void good(String text) {
        add(true, text);
    }

    private void add(boolean good, String text) {
        findings.add(new Finding(good, text));
    }
}

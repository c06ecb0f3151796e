package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ConnectionStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SealStore;
import symbolai.mcp.server.store.UsedStateStore;

/** The rooms around the vault, real ones, over one folder that can be opened again. */
final class VaultHouse implements AutoCloseable {

    static final Caller ADA = caller("ada");
    static final Caller BOB = caller("bob");

    final HandClock clock = new HandClock();
    final Connectors connectors = new Connectors();
    final Path folder;
    final Vertx vertx = Vertx.vertx();
    MasterKey key;
    Database database;
    ConnectionStore store;
    SealStore seals;
    Vault vault;
    ConnectStates states;
    Connections connections;
    KeyRotation rotation;
    Upstreams upstreams;
    private AuditLog audit;

    VaultHouse(Path folder) {
        this.folder = folder;
    }

    static Caller caller(String name) {
        return new Caller(name, name, Role.ADMIN, Credential.LOCAL, "192.0.2.7");
    }

    VaultHouse open() {
        return open(MasterKey.load(folder));
    }

    VaultHouse open(MasterKey master) {
        key = master;
        database = new Database(vertx, folder.resolve("test.db"));
        store = new ConnectionStore(database);
        seals = new SealStore(database);
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.DURABLE));
        var config = ConnectionsConfig.DEFAULT;
        upstreams = new Upstreams(vertx, config);
        vault = new Vault(connectors, upstreams, store, key, audit, clock);
        rotation = new KeyRotation(vertx, key, seals, vault, audit, clock);
        states = new ConnectStates(key, new UsedStateStore(database), clock);
        connections = new Connections(vertx, connectors, vault, upstreams, config);
        get(database.start().compose(opened -> audit.start()).compose(opened -> vault.start()));
        return this;
    }

    /** As a restart does. */
    void reopen() {
        shut();
        open();
    }

    void shut() {
        get(audit.close().compose(closed -> database.close()));
    }

    Upstream upstream(Credentials credentials) {
        return upstreams.of(upstreams.fingerprint(new CloudConnector(), credentials));
    }

    String audited() {
        try (var files = Files.walk(folder.resolve("audit"))) {
            var text = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file, StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
        get(vertx.close());
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

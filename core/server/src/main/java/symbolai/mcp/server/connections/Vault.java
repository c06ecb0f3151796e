package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ConnectionRow;
import symbolai.mcp.server.store.ConnectionStore;

/** The connections of the users: several for each, by names, of which one is active. All failures are {@link ToolException}s. */
public final class Vault {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]([A-Za-z0-9 _-]{0,38}[A-Za-z0-9_-])?");
    private static final int MOST = 50;

    private final Connectors connectors;
    private final ConnectionStore store;
    private final CredentialSeal seal;
    private final ActiveConnections active;
    private final Verification verification;
    private final VaultRecords records;
    private final ConnectionInfos infos;
    private final Clock clock;

    public Vault(
            Connectors connectors,
            Upstreams upstreams,
            ConnectionStore store,
            MasterKey key,
            AuditLog audit,
            Clock clock) {
        this.connectors = connectors;
        this.store = store;
        this.seal = new CredentialSeal(key);
        this.active = new ActiveConnections(store);
        this.verification = new Verification(upstreams);
        this.records = new VaultRecords(audit, clock);
        this.infos = new ConnectionInfos(clock);
        this.clock = clock;
    }

    /** Reads which connections are active. */
    public Future<Void> start() {
        return active.load();
    }

    /** The systems that can be connected to, by id. */
    public List<ConnectorInfo> connectors() {
        return connectors.all().stream()
                .map(Connectors.Loaded::connector)
                .map(connector ->
                        new ConnectorInfo(connector.id(), connector.title(), connector.fields(), connector.steps()))
                .toList();
    }

    /** The caller's connections, by name. */
    public Future<List<ConnectionInfo>> list(Caller caller) {
        return store.list(caller.id()).map(rows -> rows.stream().map(infos::of).toList());
    }

    /**
     * Verifies what was given, and stores it as the caller's active connection, in place of the one of the same name if there is one. Fails
     * with INVALID for a bad name or field, NOT_FOUND for an unknown connector, and like {@link symbolai.mcp.api.Connector#verify}.
     */
    public Future<ConnectionInfo> connect(Caller caller, String name, String connectorId, Map<String, Secret> given) {
        if (!NAME.matcher(name).matches()) {
            return failed(
                    Reason.INVALID,
                    "the connection's name must be 1 to 40 letters, digits, spaces, _ and -, without a space at its ends");
        }
        return inside(connectorId, loaded -> connect(caller, name, loaded, given));
    }

    /** Makes one of the caller's connections the active one; NOT_FOUND when there is none of this name. */
    public Future<Void> activate(Caller caller, String name) {
        return find(caller, name)
                .compose(row -> recorded("connection.activated", caller, row)
                        .compose(written -> store.activate(caller.id(), row.id())))
                .compose(done -> done ? active.refresh(caller.id()) : missing(name));
    }

    /** Forgets the caller's connection of this name, or the active one; false when there is none. */
    public Future<Boolean> disconnect(Caller caller, Optional<String> name) {
        return store.list(caller.id())
                .map(rows -> rows.stream()
                        .filter(row -> name.map(row.name()::equals).orElse(row.active()))
                        .findFirst())
                .compose(row -> row.map(found -> disconnect(caller, found))
                        .orElseGet(() -> active.refresh(caller.id()).map(false)));
    }

    /** Asks the system again whether it accepts the credentials of the caller's connection, and writes down what it says. */
    public Future<ConnectionInfo> verifyAgain(Caller caller, String name) {
        return find(caller, name).compose(row -> inside(row.connector(), loaded -> verifyAgain(caller, row, loaded)));
    }

    Optional<ConnectionRow> active(Caller caller) {
        return active.of(caller.id());
    }

    boolean hasExpired(ConnectionRow row) {
        return infos.hasExpired(row);
    }

    /** The credentials of a row, opened for the one call that needs them. */
    Credentials open(ConnectionRow row) {
        return seal.open(row)
                .or(() -> active.of(row.owner())
                        .filter(sealedAnew -> sealedAnew.id().equals(row.id()))
                        .flatMap(seal::open))
                .orElseThrow(() -> new ToolException(
                        Reason.NOT_CONNECTED,
                        "the stored credentials of the connection '" + row.name()
                                + "' cannot be opened any more; connect again with them"));
    }

    /** Reads the active connections again, whose credentials were sealed anew. */
    Future<Void> reload() {
        return active.load();
    }

    private Future<ConnectionInfo> connect(
            Caller caller, String name, Connectors.Loaded loaded, Map<String, Secret> given) {
        var fields = new GivenFields(loaded.connector().fields());
        var credentials = fields.credentials(given);
        var connector = loaded.connector().id();
        return verification
                .of(loaded, credentials, caller)
                .recover(failure -> records.refused(caller, name, connector, failure))
                .map(verified -> row(caller, name, connector, verified, fields.open(credentials)))
                .compose(row -> recorded("connection.connected", caller, row)
                        .compose(written -> store.put(() -> seal.seal(row, credentials), MOST))
                        .compose(stored -> stored ? active.refresh(caller.id()) : tooMany())
                        .map(refreshed -> infos.of(row)));
    }

    private ConnectionRow row(
            Caller caller, String name, String connector, Verified verified, Map<String, String> fields) {
        return new ConnectionRow(
                UUID.randomUUID().toString(),
                caller.id(),
                name,
                connector,
                "",
                expires(verified),
                clock.millis(),
                true,
                StoredJson.of(verified, fields).encode());
    }

    private static long expires(Verified verified) {
        return verified.expires().map(Instant::toEpochMilli).orElse(0L);
    }

    private Future<ConnectionInfo> verifyAgain(Caller caller, ConnectionRow row, Connectors.Loaded loaded) {
        var fields = StoredJson.decode(row.json()).fields();
        return verification
                .of(loaded, open(row), caller)
                .recover(failure -> records.refused(caller, row.name(), row.connector(), failure))
                .map(verified -> row.verifiedAs(
                        expires(verified),
                        clock.millis(),
                        StoredJson.of(verified, fields).encode()))
                .compose(known -> recorded("connection.verified", caller, known)
                        .compose(written -> store.verified(known))
                        .compose(stored -> stored ? active.refresh(caller.id()) : missing(row.name()))
                        .map(refreshed -> infos.of(known)));
    }

    private Future<Boolean> disconnect(Caller caller, ConnectionRow row) {
        return recorded("connection.disconnected", caller, row)
                .compose(written -> store.remove(caller.id(), row.id()))
                .onSuccess(removed -> active.forget(caller.id(), row.id()))
                .compose(removed -> active.refresh(caller.id()).map(removed));
    }

    private Future<ConnectionRow> find(Caller caller, String name) {
        return store.list(caller.id())
                .map(rows ->
                        rows.stream().filter(row -> row.name().equals(name)).findFirst())
                .compose(row -> row.map(Future::succeededFuture).orElseGet(() -> missing(name)));
    }

    private Future<Void> recorded(String event, Caller caller, ConnectionRow row) {
        var account = StoredJson.decode(row.json()).account().id();
        return records.changed(event, caller, row.name(), row.connector(), account);
    }

    /** Works inside a connector, which is not unloaded meanwhile. */
    private <T> Future<T> inside(String connector, Function<Connectors.Loaded, Future<T>> work) {
        return connectors
                .enter(connector)
                .map(loaded -> Foreign.guarded(() -> work.apply(loaded))
                        .onComplete(ended -> loaded.lease().leave()))
                .orElseGet(() -> failed(
                        Reason.NOT_FOUND,
                        "there is no connector '" + Shown.plain(connector) + "'; there is "
                                + String.join(
                                        ", ",
                                        connectors().stream()
                                                .map(ConnectorInfo::id)
                                                .toList())));
    }

    private static <T> Future<T> missing(String name) {
        return failed(Reason.NOT_FOUND, "you have no connection '" + Shown.plain(name) + "'");
    }

    private static <T> Future<T> tooMany() {
        return failed(
                Reason.CONFLICT,
                "you have " + MOST + " connections already, and there may be no more; remove one first");
    }

    private static <T> Future<T> failed(Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }
}

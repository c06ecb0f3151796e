package symbolai.mcp.server.connections;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.ConnectionRow;

/** Opens the connection that a caller's calls take: the active one, or the one that asks for no credentials. */
final class Entrance {

    private static final String HOW = "connect with POST /api/mcp/auth/connect or the command: symbolai-mcp connect";

    private final Connectors connectors;
    private final Vault vault;
    private final Upstreams upstreams;
    private final boolean local;

    Entrance(Connectors connectors, Vault vault, Upstreams upstreams, boolean local) {
        this.connectors = connectors;
        this.vault = vault;
        this.upstreams = upstreams;
        this.local = local;
    }

    /**
     * Enters the connector and opens a connection.
     *
     * @param what what needs it, for the message
     * @param heard is told under which ids the outside system has its answers
     * @throws ToolException NOT_CONNECTED when there is none, or UNAVAILABLE when its connector is not loaded or fails
     */
    Visit enter(Caller caller, String what, Consumer<String> heard) {
        var row = vault.active(caller);
        return row.isPresent() ? stored(row.get(), caller, what, heard) : withoutCredentials(caller, what, heard);
    }

    /** What the caller is connected to: the connection's id, or a word for the account that asks for no credentials. */
    String identity(Caller caller) {
        return vault.active(caller).map(ConnectionRow::id).orElse("default");
    }

    /** Its id and its name. */
    Set<String> accountNames(Caller caller) {
        return vault.active(caller).map(Entrance::accountNames).orElse(Set.of("local"));
    }

    /** The id of the account; {@code local} for the one that asks for no credentials. */
    String accountId(Caller caller) {
        return vault.active(caller)
                .map(row -> StoredJson.decode(row.json()).account().id())
                .orElse("local");
    }

    private static Set<String> accountNames(ConnectionRow row) {
        var account = StoredJson.decode(row.json()).account();
        return account.id().equals(account.name()) ? Set.of(account.id()) : Set.of(account.id(), account.name());
    }

    /** The same in words. */
    String account(Caller caller) {
        return vault.active(caller).map(Entrance::account).orElse("the embedded account");
    }

    private static String account(ConnectionRow row) {
        var account = StoredJson.decode(row.json()).account();
        return "%s (%s), by the connection %s".formatted(account.name(), account.id(), row.name());
    }

    private Visit stored(ConnectionRow row, Caller caller, String what, Consumer<String> heard) {
        if (vault.hasExpired(row)) {
            throw new ToolException(
                    Reason.NOT_CONNECTED,
                    "the credentials of the connection '" + row.name() + "' expired on "
                            + ConnectionInfos.expires(row).map(Object::toString).orElse("") + "; " + HOW);
        }
        var credentials = vault.open(row);
        var loaded = connectors
                .enter(row.connector())
                .orElseThrow(() -> new ToolException(
                        Reason.UNAVAILABLE,
                        "the connector '" + row.connector() + "' of the connection '" + row.name()
                                + "' is not loaded now; an admin can see why with: symbolai-mcp plugin list"));
        return visit(loaded, credentials, caller, what, heard);
    }

    private Visit withoutCredentials(Caller caller, String what, Consumer<String> heard) {
        var loaded = local ? connectors.enterWithoutCredentials() : Optional.<Connectors.Loaded>empty();
        return visit(
                loaded.orElseThrow(() -> new ToolException(
                        Reason.NOT_CONNECTED, "you are not connected to an account, which " + what + " needs; " + HOW)),
                Credentials.NONE,
                caller,
                what,
                heard);
    }

    /** Enters the connector with this id, which asks for no credentials. */
    Visit enterConnector(String id, Caller caller, String what) {
        var loaded = connectors.enterWithoutCredentials(id);
        return visit(
                loaded.orElseThrow(() -> new ToolException(
                        Reason.NOT_CONNECTED,
                        "the connector '" + id + "', which " + what + " needs, is not loaded now")),
                Credentials.NONE,
                caller,
                what,
                answer -> {});
    }

    /** Foreign code may fail to open; then nothing stays behind. */
    private Visit visit(
            Connectors.Loaded loaded, Credentials credentials, Caller caller, String what, Consumer<String> heard) {
        var connector = loaded.connector();
        var redaction = Redaction.of(connector, credentials);
        try {
            var fingerprint = upstreams.fingerprint(connector, credentials);
            var way = new HeardUpstream(upstreams.of(fingerprint), redaction, heard);
            var connection = connector.open(credentials, way);
            return new Visit(loaded, Objects.requireNonNull(connection, "open gave null"), fingerprint, redaction);
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            loaded.lease().leave();
            throw HiddenFailures.readable(what, caller.id(), redaction, failure);
        }
    }
}

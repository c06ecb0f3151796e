package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.ClientRow;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.GrantRow;
import symbolai.mcp.server.store.GrantStore;

/** What users do with the programs that they let act for them: they see them, and take it back. */
public final class Programs {

    private final ClientStore clients;
    private final GrantStore store;
    private final Grants grants;
    private final OAuthRecords records;
    private final Clock clock;

    public Programs(ClientStore clients, GrantStore store, Grants grants, OAuthRecords records, Clock clock) {
        this.clients = clients;
        this.store = store;
        this.grants = grants;
        this.records = records;
        this.clock = clock;
    }

    /** The programs of the caller, without those that an admin has made. */
    public Future<List<Program>> list(Caller caller) {
        return Future.all(clients.list(), store.list(clock.millis()))
                .map(all -> programs(caller, all.resultAt(0), all.resultAt(1)));
    }

    private static List<Program> programs(Caller caller, List<ClientRow> clients, List<GrantRow> grants) {
        var held = grants.stream()
                .filter(grant -> grant.userId().equals(caller.id()))
                .collect(Collectors.groupingBy(GrantRow::client));
        return clients.stream()
                .filter(client -> client.userId().isEmpty() && held.containsKey(client.id()))
                .map(client -> program(client, held.getOrDefault(client.id(), List.of())))
                .toList();
    }

    private static Program program(ClientRow client, List<GrantRow> held) {
        return new Program(
                client.id(),
                client.name(),
                held.stream().flatMap(grant -> grant.scopes().stream()).collect(Collectors.toSet()),
                Instant.ofEpochMilli(held.get(0).created()));
    }

    /** Ends what the caller lets a program do: its tokens are refused as soon as the future succeeds, and the user is asked anew. */
    public Future<Void> end(Caller caller, String client) {
        return list(caller)
                .compose(all -> all.stream().anyMatch(one -> one.client().equals(client))
                        ? records.takingBack(client, caller, () -> revoke(caller, client))
                        : Future.failedFuture(new ToolException(
                                Reason.NOT_FOUND, "No program of this id acts for you; auth/programs shows them.")));
    }

    private Future<Void> revoke(Caller caller, String client) {
        return store.revokeOf(caller.id(), client, clock.millis())
                .onSuccess(ended -> ended.forEach(grants::ended))
                .mapEmpty();
    }
}

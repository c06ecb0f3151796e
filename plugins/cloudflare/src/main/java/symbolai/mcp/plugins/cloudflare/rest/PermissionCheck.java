package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;
import symbolai.mcp.api.Verified.State;
import symbolai.mcp.plugins.cloudflare.backend.Account;

/**
 * Finds out what a token may do: by one harmless read for each permission to read, and by the token's own policies for those to edit, where
 * the token may read them. Nothing is changed to find out.
 */
final class PermissionCheck {

    private static final String NO_DATABASE = "00000000-0000-0000-0000-000000000000";
    private static final String USER_ONLY =
            "Workers Builds takes only tokens of a user, and this one belongs to the account";

    private final Operation operation;
    private final Account account;
    private final RestClient everywhere;
    private final RestClient inside;

    /**
     * A permission group and what shows that the token can read there.
     *
     * @param name in the dashboard's words
     * @param tools the families that need it
     * @param probe the read
     */
    private record Group(String name, String tools, RestRequest probe) {}

    PermissionCheck(Operation operation, Account account, RestClient everywhere, RestClient inside) {
        this.operation = operation;
        this.account = account;
        this.everywhere = everywhere;
        this.inside = inside;
    }

    Future<List<Verified.Permission>> run(Optional<String> tokenId) {
        var reads = groups().stream().map(this::read).toList();
        var policies = policies(tokenId);
        var analytics = analytics();
        return Future.join(reads)
                .otherwiseEmpty()
                .compose(done -> Future.join(policies, analytics))
                .map(done -> {
                    var all = new ArrayList<Verified.Permission>();
                    for (var index = 0; index < reads.size(); index++) {
                        all.add(reads.get(index).result());
                        all.add(edit(groups().get(index), policies.result()));
                    }
                    all.add(analytics.result());
                    return all;
                });
    }

    private static List<Group> groups() {
        return List.of(
                new Group("D1", "d1", RestRequest.get("d1", "database").with("per_page", 10)),
                new Group(
                        "Workers KV Storage",
                        "kv",
                        RestRequest.get("storage", "kv", "namespaces").with("per_page", 10)),
                new Group(
                        "Workers R2 Storage",
                        "r2",
                        RestRequest.get("r2", "buckets").with("per_page", 10)),
                new Group("Workers Scripts", "workers", RestRequest.get("workers", "scripts")),
                new Group("Workers Builds Configuration", "builds", RestRequest.get("builds", "account", "limits")),
                new Group("Workers Observability", "observability", events()));
    }

    private static RestRequest events() {
        var now = Instant.now();
        var from = now.minus(Duration.ofMinutes(5)).toEpochMilli();
        return RestRequest.post("workers", "observability", "telemetry", "keys")
                .json(new JsonObject()
                        .put("datasets", new JsonArray())
                        .put("filters", new JsonArray())
                        .put("timeframe", new JsonObject().put("from", from).put("to", now.toEpochMilli()))
                        .put("from", from)
                        .put("to", now.toEpochMilli())
                        .put("limit", 1));
    }

    private Future<Verified.Permission> read(Group group) {
        var name = group.name() + ":Read";
        if (group.tools().equals("builds") && account.ownedByAccount()) {
            return Future.succeededFuture(new Verified.Permission(name, State.MISSING, USER_ONLY));
        }
        return inside.send(operation, group.probe(), answered -> State.GRANTED)
                .recover(failure -> Future.succeededFuture(state(failure)))
                .map(state -> new Verified.Permission(name, state, detail(group.tools(), state, "read")));
    }

    private static State state(Throwable failure) {
        return failure instanceof ToolException tool && tool.reason() == Reason.REFUSED ? State.MISSING : State.UNKNOWN;
    }

    private static String detail(String tools, State state, String deed) {
        return switch (state) {
            case GRANTED -> "The tools of " + tools + " can " + deed + ".";
            case MISSING -> "The tools of " + tools + " cannot " + deed + ".";
            case UNKNOWN -> "Whether the tools of " + tools + " can " + deed + " will be seen when they do.";
        };
    }

    private Future<Verified.Permission> analytics() {
        var arguments = new JsonObject().put("databaseId", NO_DATABASE).put("limit", 1);
        var probe = new Operation(
                "d1.insights", arguments, Operation.Access.READ, operation.deadline(), operation.cancellation());
        return new D1Insights(everywhere, account.id())
                .insights(probe)
                .map(answered -> State.GRANTED)
                .recover(failure -> Future.succeededFuture(state(failure)))
                .map(state ->
                        new Verified.Permission("Account Analytics:Read", state, detail("d1.insights", state, "read")));
    }

    /** The names of the permission groups of the token, where it may read them; few tokens may. */
    private Future<Set<String>> policies(Optional<String> tokenId) {
        if (tokenId.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        var client = account.ownedByAccount() ? inside : everywhere;
        var request = account.ownedByAccount()
                ? RestRequest.get("tokens", tokenId.get())
                : RestRequest.get("user", "tokens", tokenId.get());
        return client.send(operation, request, PermissionCheck::granted).otherwise(Set.of());
    }

    private static Set<String> granted(Envelope envelope) {
        return envelope.object().objects("policies").stream()
                .filter(policy -> policy.text("effect").orElse("").equals("allow"))
                .flatMap(policy -> policy.objects("permission_groups").stream())
                .flatMap(group -> group.text("name").stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Cloudflare's API says Write where its dashboard says Edit. That a name is not found proves nothing. */
    private static Verified.Permission edit(Group group, Set<String> granted) {
        var state = granted.contains(group.name() + " Write") ? State.GRANTED : State.UNKNOWN;
        return new Verified.Permission(group.name() + ":Edit", state, detail(group.tools(), state, "write"));
    }
}

package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Quotation;

/** Asks Cloudflare's analytics, over GraphQL, which statements took most. */
final class D1Insights implements Api {

    private static final String QUERY =
            "query Insights($account: string, $filter: ZoneWorkersRequestsFilter_InputObject) {"
                    + " viewer { accounts(filter: {accountTag: $account}) {"
                    + " d1QueriesAdaptiveGroups(limit: %d, filter: $filter, orderBy: [%s]) {"
                    + " sum { queryDurationMs rowsRead rowsWritten } count dimensions { query } } } } }";
    private static final Map<String, String> ORDERS = Map.of(
            "time", "sum_queryDurationMs_DESC",
            "count", "count_DESC",
            "rowsRead", "sum_rowsRead_DESC",
            "rowsWritten", "sum_rowsWritten_DESC");

    private final RestClient client;
    private final String accountId;

    /** The client has no account before its paths; the account stands in the query. */
    D1Insights(RestClient client, String accountId) {
        this.client = client;
        this.accountId = accountId;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("d1.insights", this::insights);
    }

    /** The statements that took most. */
    Future<JsonObject> insights(Operation operation) {
        var arguments = operation.arguments();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var to = arguments.getString("to", now);
        var from = arguments.getString(
                "from",
                Instant.now()
                        .minus(Duration.ofDays(1))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        var order = ORDERS.getOrDefault(arguments.getString("sort", "time"), "count_DESC");
        var filter = new JsonObject()
                .put("datetimeHour_geq", from)
                .put("datetimeHour_leq", to)
                .put("databaseId", D1Api.id(operation));
        var body = new JsonObject()
                .put("query", QUERY.formatted(arguments.getInteger("limit", 10), order))
                .put(
                        "variables",
                        new JsonObject()
                                .put("account", accountId)
                                .put("filter", new JsonObject().put("AND", new JsonArray().add(filter))));
        return client.plain(operation, RestRequest.post("graphql").json(body), D1Insights::queries)
                .map(queries -> new JsonObject()
                        .put("queries", queries)
                        .put("from", from)
                        .put("to", to));
    }

    private static JsonArray queries(Fields answer) {
        var errors = answer.array("errors");
        if (!errors.isEmpty()) {
            throw refused(Fields.all(errors));
        }
        var accounts = answer.object("data")
                .flatMap(data -> data.object("viewer"))
                .map(viewer -> viewer.objects("accounts"))
                .orElseThrow(() -> new Malformed("it has no data"));
        var queries = new JsonArray();
        accounts.stream()
                .flatMap(account -> account.objects("d1QueriesAdaptiveGroups").stream())
                .map(D1Insights::query)
                .forEach(queries::add);
        return queries;
    }

    private static JsonObject query(Fields group) {
        var sum = group.object("sum").orElseThrow(() -> new Malformed("it has no sum"));
        return new JsonObject()
                .put(
                        "sql",
                        group.object("dimensions")
                                .flatMap(found -> found.text("query"))
                                .orElse(""))
                .put("count", group.count("count").orElse(0L))
                .put("totalMs", sum.number("queryDurationMs").orElse(0).doubleValue())
                .put("rowsRead", sum.count("rowsRead").orElse(0L))
                .put("rowsWritten", sum.count("rowsWritten").orElse(0L));
    }

    private static ToolException refused(List<Fields> errors) {
        var said = Quotation.of(errors.get(0).text("message").orElse(""), Optional.empty());
        var authorization = said.toLowerCase(Locale.ROOT).contains("auth");
        return new ToolException(
                authorization ? Reason.REFUSED : Reason.UNAVAILABLE,
                "Cloudflare's analytics refused the query: " + said
                        + (authorization ? "; the token needs the permission \"Account Analytics:Read\"" : ""));
    }
}

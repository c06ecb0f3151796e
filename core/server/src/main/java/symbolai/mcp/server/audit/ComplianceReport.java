package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.store.AuditFilter;
import symbolai.mcp.server.store.AuditFilter.Column;
import symbolai.mcp.server.store.AuditIndexStore;
import symbolai.mcp.server.store.AuditIndexStore.Count;
import symbolai.mcp.server.store.ClientRow;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.KeyRow;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** Says for a period who had access, what was changed and decided, and whether the log is as it was written. */
public final class ComplianceReport {
    private static final int MOST = 1_000;
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration WAIT = Duration.ofSeconds(10);

    /** The parts that list records, and the events in them. */
    private static final Map<String, List<String>> LISTED = new TreeMap<>(Map.of(
            "access", List.of("user.*", "key.*", "oauth.client-registered", "oauth.consent", "oauth.revoked"),
            "approvals", List.of("approval.*"),
            "policy", List.of("policy.*"),
            "connections", List.of("connection.*", "vault.*"),
            "plugins", List.of("plugin.*"),
            "signInFailures", List.of("sign-in.refused", "auth.refused", "auth.token-in-url", "session.foreign"),
            "audit", List.of("audit.*"),
            "refusals", List.of("call.refused")));

    private final AuditDesk desk;
    private final Indexer indexer;
    private final AuditIndexStore index;
    private final UserStore users;
    private final KeyStore keys;
    private final ClientStore clients;
    private final Clock clock;

    public ComplianceReport(
            AuditDesk desk,
            Indexer indexer,
            AuditIndexStore index,
            UserStore users,
            KeyStore keys,
            ClientStore clients,
            Clock clock) {
        this.desk = desk;
        this.indexer = indexer;
        this.index = index;
        this.users = users;
        this.keys = keys;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * The report.
     *
     * @param fields {@code from} and {@code to}; the last 30 days when they are not there
     */
    public Future<JsonObject> report(Caller caller, JsonObject fields) {
        var to = AuditQuery.time(fields, "to", clock.instant());
        var from = AuditQuery.time(fields, "from", to.minus(USUAL));
        var filter = AuditFilter.between(from.toEpochMilli(), to.toEpochMilli());
        var report = new JsonObject()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("made", clock.instant().toString())
                .put("by", caller.name());
        return desk.read(
                        caller,
                        new JsonObject()
                                .put("what", "report")
                                .put("from", from.toString())
                                .put("to", to.toString()))
                .compose(recorded -> caughtUp())
                .map(isUpToDate -> report.put("upToDate", isUpToDate))
                .compose(waited -> access(report, from, to))
                .compose(done -> index.count(filter))
                .compose(counts -> lists(counted(report, counts), counts, filter))
                .compose(done -> desk.checked())
                .map(verification -> report.put("chain", verification.json()));
    }

    /** False when the index is far behind: the report says so, and does not wait any longer. */
    private Future<Boolean> caughtUp() {
        return indexer.caughtUp()
                .timeout(WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .map(true)
                .otherwise(false);
    }

    /** Who could sign in or call at some time in the period, as far as they are still known; those who went are among the changes. */
    private Future<JsonObject> access(JsonObject report, Instant from, Instant to) {
        return Future.all(users.list(), keys.list(), clients.list())
                .map(all -> report.put(
                        "hadAccess",
                        new JsonObject()
                                .put("users", users(all.<List<UserRow>>resultAt(0), to))
                                .put("keys", keys(all.<List<KeyRow>>resultAt(1), from, to))
                                .put("oauthClients", clients(all.<List<ClientRow>>resultAt(2), to))));
    }

    private static JsonArray users(List<UserRow> users, Instant to) {
        return array(users.stream()
                .filter(user -> user.created() < to.toEpochMilli())
                .map(user -> new JsonObject()
                        .put("id", user.id())
                        .put("name", user.name())
                        .put("role", user.role())
                        .put("since", time(user.created())))
                .toList());
    }

    private static JsonArray keys(List<KeyRow> keys, Instant from, Instant to) {
        return array(keys.stream()
                .filter(key -> key.created() < to.toEpochMilli())
                .filter(key -> key.revoked() == 0 || key.revoked() >= from.toEpochMilli())
                .filter(key -> key.expires() == 0 || key.expires() >= from.toEpochMilli())
                .map(ComplianceReport::key)
                .toList());
    }

    private static JsonObject key(KeyRow key) {
        var json = new JsonObject()
                .put("id", key.id())
                .put("user", key.userId())
                .put("label", key.label())
                .put("tools", new JsonArray(new ArrayList<>(key.tools())))
                .put("since", time(key.created()));
        putTime(json, "expires", key.expires());
        putTime(json, "revoked", key.revoked());
        putTime(json, "used", key.used());
        return json;
    }

    private static JsonArray clients(List<ClientRow> clients, Instant to) {
        return array(clients.stream()
                .filter(client -> client.created() < to.toEpochMilli())
                .map(client -> new JsonObject()
                        .put("id", client.id())
                        .put("name", client.name())
                        .put("since", time(client.created())))
                .toList());
    }

    private static JsonObject counted(JsonObject report, List<Count> counts) {
        var tools = new TreeMap<String, JsonObject>();
        var callers = new TreeMap<String, JsonObject>();
        var events = new TreeMap<String, Long>();
        for (var count : counts) {
            events.merge(count.event(), count.number(), Long::sum);
            if (count.event().equals("call.outcome") || count.event().equals("call.refused")) {
                var what = count.event().equals("call.refused") ? "refused" : count.outcome();
                add(tools, count.tool(), what, count.number());
                add(callers, count.caller(), what, count.number());
            }
        }
        var byEvent = new JsonObject();
        events.forEach(byEvent::put);
        return report.put("events", byEvent)
                .put("callsByTool", rows("tool", tools))
                .put("callsByUser", rows("user", callers));
    }

    private static void add(Map<String, JsonObject> table, String row, String column, long number) {
        var counts = table.computeIfAbsent(row, missing -> new JsonObject());
        counts.put(column, counts.getLong(column, 0L) + number);
    }

    private static JsonArray rows(String name, Map<String, JsonObject> table) {
        var rows = new JsonArray();
        table.forEach((key, counts) -> rows.add(new JsonObject().put(name, key).put("calls", counts)));
        return rows;
    }

    /** The newest records of each part, and how many there are in all. */
    private Future<JsonObject> lists(JsonObject report, List<Count> counts, AuditFilter filter) {
        var sizes = new JsonObject();
        var parts = new ArrayList<Future<JsonObject>>();
        LISTED.forEach((part, events) -> parts.add(list(filter, events)
                .onSuccess(found -> sizes.put(part, size(found.size(), total(counts, events))))
                .map(found -> report.put(part, found))));
        return Future.all(parts).map(report.put("lists", sizes));
    }

    private static JsonObject size(int shown, long total) {
        return new JsonObject().put("total", total).put("shown", shown).put("truncated", shown < total);
    }

    private static long total(List<Count> counts, List<String> events) {
        return counts.stream()
                .filter(count -> events.stream().anyMatch(glob -> isOf(count.event(), glob)))
                .mapToLong(Count::number)
                .sum();
    }

    private static boolean isOf(String event, String glob) {
        return glob.endsWith("*") ? event.startsWith(glob.substring(0, glob.length() - 1)) : event.equals(glob);
    }

    private Future<JsonArray> list(AuditFilter filter, List<String> events) {
        var found = events.stream()
                .map(event ->
                        index.search(filter.with(Column.EVENT, event), MOST).compose(desk::records))
                .toList();
        return Future.all(found).map(all -> {
            var records = new JsonArray();
            found.forEach(part -> records.addAll(part.result()));
            return records;
        });
    }

    private static JsonArray array(List<JsonObject> rows) {
        return new JsonArray(new ArrayList<>(rows));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static void putTime(JsonObject json, String name, long millis) {
        if (millis > 0) {
            json.put(name, time(millis));
        }
    }
}

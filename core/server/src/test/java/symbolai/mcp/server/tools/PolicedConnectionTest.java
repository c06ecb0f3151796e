package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.PolicyBook;
import symbolai.mcp.server.policy.Reach;
import symbolai.mcp.server.policy.Rule;
import symbolai.mcp.server.policy.RuleReader;

/** Operations on their way to an account, which here is one that notes what reaches it. */
class PolicedConnectionTest {

    private static final Caller ADMIN = new Caller("u1", "ada", Role.ADMIN, Credential.signIn("s1"), "127.0.0.1");
    private static final Caller SUPPORT = new Caller("u2", "sue", Role.OPERATOR, Credential.signIn("s2"), "127.0.0.1");
    private static final String ORDERS = "11111111-1111-4111-8111-111111111111";
    private static final String PROD = "22222222-2222-4222-8222-222222222222";

    @TempDir
    Path folder;

    private final List<Operation> reached = new ArrayList<>();
    private final Account account = new Account();
    private final Touched touched = new Touched();

    /** Two databases, of which each has the same tables. */
    private final class Account implements Connection {

        private Runnable meanwhile = () -> {};

        @Override
        public Set<String> operations() {
            return Set.of("d1.query");
        }

        @Override
        public Future<Reply> invoke(Operation operation) {
            reached.add(operation);
            var then = meanwhile;
            meanwhile = () -> {};
            then.run();
            return Future.succeededFuture(new Reply(
                    switch (operation.name()) {
                        case "d1.list" ->
                            new JsonObject()
                                    .put(
                                            "databases",
                                            new JsonArray()
                                                    .add(new JsonObject()
                                                            .put("uuid", ORDERS)
                                                            .put("name", "orders"))
                                                    .add(new JsonObject()
                                                            .put("uuid", PROD)
                                                            .put("name", "prod")));
                        case "d1.get" ->
                            new JsonObject()
                                    .put(
                                            "name",
                                            operation
                                                            .arguments()
                                                            .getString("databaseId")
                                                            .equals(ORDERS)
                                                    ? "orders"
                                                    : "prod");
                        case "d1.query" -> query(operation);
                        case "kv.namespaces.list" -> namespaces(operation);
                        case "builds.get" ->
                            new JsonObject()
                                    .put(
                                            "worker",
                                            operation
                                                            .arguments()
                                                            .getString("id")
                                                            .equals("b1")
                                                    ? "shop"
                                                    : "pay");
                        case "builds.list" ->
                            new JsonObject()
                                    .put(
                                            "builds",
                                            new JsonArray()
                                                    .add(new JsonObject().put("worker", "shop"))
                                                    .add(new JsonObject().put("worker", "pay"))
                                                    .add(new JsonObject()));
                        default -> new JsonObject().put("text", "x".repeat(500));
                    }));
        }

        private JsonObject query(Operation operation) {
            var names = new JsonArray();
            if (operation.arguments().encode().contains("sqlite_master")) {
                List.of("tickets", "replies", "secrets").forEach(name -> names.add(new JsonArray().add(name)));
            }
            var results = new JsonArray();
            operation
                    .arguments()
                    .getJsonArray("statements")
                    .forEach(statement -> results.add(result((JsonObject) statement, names)));
            return new JsonObject().put("results", results);
        }

        /** SQL that is a number alone gives so many rows. */
        private static JsonObject result(JsonObject statement, JsonArray names) {
            var sql = statement.getString("sql");
            var rows = names.copy();
            IntStream.range(0, sql.matches("[0-9]+") ? Integer.parseInt(sql) : 0)
                    .forEach(row -> rows.add(new JsonArray().add("ää")));
            return new JsonObject().put("rows", rows).put("truncated", false);
        }

        /** A page has one of them. */
        private static JsonObject namespaces(Operation operation) {
            var page = operation.arguments().getInteger("page", 1);
            var one = page == 1
                    ? new JsonObject().put("id", "n1").put("title", "shop-cache")
                    : new JsonObject().put("id", "n2").put("title", "prod-cache");
            var json = new JsonObject().put("namespaces", new JsonArray().add(one));
            return page == 1 ? json.put("nextPage", 2) : json;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            d1.query  | orders | SELECT * FROM tickets                                | true
            d1.query  | orders | SELECT * FROM tickets JOIN replies                   | true
            d1.query  | orders | SELECT 1                                             | true
            d1.query  | orders | SELECT * FROM secrets                                | false
            d1.query  | orders | SELECT * FROM tickets, "SECRETS"                     | false
            d1.query  | orders | SELECT * FROM sqlite_master                          | false
            d1.query  | orders | PRAGMA table_list                                    | false
            d1.query  | orders | SELECT * FROM tickets; SELECT * FROM secrets         | false
            d1.query  | prod   | SELECT * FROM tickets                                | false
            d1.get    | orders | -                                                    | true
            d1.get    | prod   | -                                                    | false
            d1.export | orders | -                                                    | false
            d1.insights | orders | -                                                  | false
            kv.keys.list | orders | -                                                 | false
            observability.events | - | -                                              | false
            other.list | - | -                                                        | false
            """)
    void aRuleForTwoTablesOpensThemAlone(String name, String database, String sql, boolean allowed) {
        var policed = policed(SUPPORT, """
                {"id": "support", "effect": "allow", "users": ["sue"], "databases": ["orders"], "tables": ["tickets", "replies"]}""");
        var arguments = new JsonObject();
        if (!database.equals("-")) {
            arguments.put("databaseId", database.equals("orders") ? ORDERS : PROD);
        }
        if (name.equals("d1.query")) {
            arguments.put("statements", new JsonArray().add(new JsonObject().put("sql", sql)));
        }

        var done = policed.invoke(operation(name, arguments, Access.READ));

        assertThat(done.succeeded()).isEqualTo(allowed);
        if (!allowed) {
            assertThat(done.cause()).isInstanceOf(ToolException.class).hasMessageStartingWith("you may not do " + name);
            assertThat(reached)
                    .noneMatch(operation -> operation.arguments().equals(arguments)
                            && !operation.name().equals("d1.get"));
        }
    }

    @Test
    void theRecordSaysWhatWasTouchedAndWhichRuleRefusedIt() {
        var policed = policed(
                SUPPORT,
                "{\"id\": \"all\", \"effect\": \"allow\", \"users\": [\"sue\"]}",
                "{\"id\": \"support\", \"effect\": \"deny\", \"users\": [\"sue\"], \"databases\": [\"prod\"]}");

        policed.invoke(query(ORDERS, "SELECT 1"));
        policed.invoke(operation("kv.keys.list", new JsonObject().put("namespaceId", "n1"), Access.READ));
        policed.invoke(operation("r2.objects.list", new JsonObject().put("bucket", "b".repeat(300)), Access.READ));
        var shop = new JsonObject("""
                {"filters": [{"key": "$metadata.service", "operation": "eq", "value": "shop"}]}""");
        policed.invoke(operation("observability.events", shop, Access.READ));
        var before = touched.in(new JsonObject().put("rule", "role"));
        policed.invoke(query(PROD, "SELECT 1"));
        var after = touched.in(new JsonObject().put("rule", "role"));

        assertThat(before.getString("account")).isEqualTo("acc-1");
        assertThat(before.getString("database")).isEqualTo(ORDERS);
        assertThat(before.getString("resource")).isEqualTo("n1 " + "b".repeat(200) + "… shop");
        assertThat(before.getString("rule")).isEqualTo("role");
        assertThat(before.containsKey("decision")).isFalse();
        assertThat(after.getString("database")).isEqualTo(ORDERS + " " + PROD);
        assertThat(after.getString("rule")).isEqualTo("support");
        assertThat(after.getString("decision")).isEqualTo("refused");
    }

    @Test
    void listsShowWhatARuleSpeaksOf() {
        var policed = policed(
                SUPPORT,
                "{\"id\": \"support\", \"effect\": \"allow\", \"users\": [\"sue\"], \"databases\": [\"orders\"]}");

        var seen = get(policed.invoke(operation("d1.list", new JsonObject(), Access.READ)));

        assertThat(seen.json().getJsonArray("databases"))
                .isEqualTo(
                        new JsonArray().add(new JsonObject().put("uuid", ORDERS).put("name", "orders")));
        var all = get(policed(ADMIN).invoke(operation("d1.list", new JsonObject(), Access.READ)));
        assertThat(all.json().getJsonArray("databases")).hasSize(2);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            builds.get           | {"id":"b1"}                          | true  | false
            builds.get           | {"id":"b2"}                          | false | true
            builds.logs          | {"id":"b2"}                          | false | true
            builds.cancel        | {"id":"b2"}                          | false | true
            builds.trigger       | {"worker":"shop"}                    | true  | false
            builds.trigger       | {"worker":"pay"}                     | false | true
            builds.unknown       | {}                                   | false | false
            observability.events | {"needle":"card"}                    | false | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"eq","value":"shop"}]} | true  | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"eq","value":"pay"}]}  | false | true
            observability.calculate | {"filters":[{"key":"a","operation":"exists"},{"key":"$metadata.service","operation":"eq","value":"shop"}]} | true | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"neq","value":"pay"}]} | false | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"startsWith","value":"shop"}]} | false | false
            observability.events | {"filters":[{"key":"service","operation":"eq","value":"shop"}]} | false | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"eq","value":"*"}]} | false | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"eq","value":true}]} | false | false
            observability.events | {"filters":[{"key":"$metadata.service","operation":"eq","value":"shop"},{"key":"$metadata.service","operation":"eq","value":"pay"}]} | false | false
            observability.values | {"key":"$metadata.service"}          | false | false
            observability.keys   | {}                                   | false | false
            workers.get          | {"name":"shop"}                      | true  | false
            workers.get          | {"name":"pay"}                       | false | true
            """)
    void buildsAndEventsBelongToWorkers(String name, String arguments, boolean ofSupport, boolean ofAdmin) {
        var operation = operation(name, new JsonObject(arguments), Access.READ);
        var support = "{\"id\": \"support\", \"effect\": \"allow\", \"users\": [\"sue\"], \"databases\": [\"shop\"]}";
        var keep = "{\"id\": \"keep\", \"effect\": \"deny\", \"databases\": [\"shop\"]}";

        assertThat(policed(SUPPORT, support).invoke(operation).succeeded()).isEqualTo(ofSupport);
        assertThat(policed(ADMIN, keep).invoke(operation).succeeded()).isEqualTo(ofAdmin);
    }

    @Test
    void listsOfBuildsShowWhatARuleOpens() {
        var support = "{\"id\": \"support\", \"effect\": \"allow\", \"users\": [\"sue\"], \"databases\": [\"shop\"]}";

        var seen = get(policed(SUPPORT, support).invoke(operation("builds.list", new JsonObject(), Access.READ)));

        assertThat(seen.json().getJsonArray("builds"))
                .isEqualTo(new JsonArray().add(new JsonObject().put("worker", "shop")));
    }

    @Test
    void whatTouchesTheWholeDatabaseTouchesAForbiddenTable() {
        var policed = policed(ADMIN, "{\"id\": \"keep\", \"effect\": \"deny\", \"tables\": [\"secrets\"]}");

        for (var name : List.of("d1.export", "d1.import", "d1.restore", "d1.insights")) {
            var whole = operation(name, new JsonObject().put("databaseId", ORDERS), Access.READ);
            assertThat(policed.invoke(whole).cause()).hasMessageContaining("the rule keep denies it");
        }
        assertThat(policed.invoke(query(ORDERS, "PRAGMA table_list")).failed()).isTrue();
        assertThat(policed.invoke(query(ORDERS, "SELECT * FROM tickets")).succeeded())
                .isTrue();
    }

    @Test
    void anAdminIsKeptFromOneDatabase() {
        var policed = policed(
                ADMIN, "{\"id\": \"keep\", \"effect\": \"deny\", \"databases\": [\"prod\"], \"note\": \"ask ops\"}");

        assertThatThrownBy(() -> get(policed.invoke(query(PROD, "SELECT 1"))))
                .hasMessage("you may not do d1.query there: the rule keep (ask ops) denies it; nothing was done");
        assertThat(get(policed.invoke(query(ORDERS, "SELECT 1"))).json().getJsonArray("results"))
                .hasSize(1);
    }

    @Test
    void withoutSuchRulesNothingIsAsked() {
        get(policed(ADMIN).invoke(query(PROD, "SELECT * FROM secrets")));

        assertThat(reached).hasSize(1);
    }

    @Test
    void aRuleCapsTheRowsThatAreAskedFor() {
        var policed = policed(
                SUPPORT, "{\"id\": \"few\", \"effect\": \"allow\", \"users\": [\"sue\"], \"rows\": 7, \"bytes\": 100}");
        var caps = new JsonObject().put("rows", 1000).put("bytes", 50).put("cellCharacters", 10);
        var query = query(ORDERS, "SELECT 1");
        query.arguments().put("caps", caps);

        get(policed.invoke(new Operation(
                "d1.query",
                query.arguments().copy().put("caps", caps),
                Access.READ,
                query.deadline(),
                Cancellation.NEVER)));

        assertThat(reached.get(0).arguments().getJsonObject("caps"))
                .isEqualTo(new JsonObject().put("rows", 7).put("bytes", 50).put("cellCharacters", 10));
        assertThatThrownBy(() -> get(policed.invoke(operation("kv.values.get", new JsonObject(), Access.READ))))
                .hasMessage(
                        "the result has more than 100 bytes, which is what the rule few lets through; ask for less");
    }

    @Test
    void theCapsAreThoseOfAllStatementsTogether() {
        var rows = policed(SUPPORT, "{\"id\": \"few\", \"effect\": \"allow\", \"users\": [\"sue\"], \"rows\": 7}");
        var byRows = get(rows.invoke(query(ORDERS, "5", "4", "0", "2"))).json().getJsonArray("results");

        assertThat(sizes(byRows)).containsExactly("5 false", "2 true", "0 false", "0 true");
    }

    @Test
    void theBytesAreThoseOfAllStatementsTogether() {
        var bytes = policed(SUPPORT, "{\"id\": \"tiny\", \"effect\": \"allow\", \"users\": [\"sue\"], \"bytes\": 17}");
        var byBytes = get(bytes.invoke(query(ORDERS, "1", "2"))).json().getJsonArray("results");

        assertThat(sizes(byBytes)).containsExactly("1 false", "1 true"); // A row has eight bytes and six characters.
    }

    private static List<String> sizes(JsonArray results) {
        return results.stream()
                .map(JsonObject.class::cast)
                .map(result -> result.getJsonArray("rows").size() + " " + result.getBoolean("truncated"))
                .toList();
    }

    @Test
    void anExportBringsNoRowsPastARuleThatCountsThem() {
        var policed = policed(SUPPORT, "{\"id\": \"few\", \"effect\": \"allow\", \"users\": [\"sue\"], \"rows\": 7}");
        var export = new JsonObject().put("databaseId", ORDERS);

        assertThatThrownBy(() -> get(policed.invoke(operation("d1.export", export, Access.READ))))
                .hasMessage(
                        "an export has all rows, and the rule few lets 7 through; export the schema alone, or query");
        assertThat(reached).isEmpty();
        assertThat(policed.invoke(operation("d1.export", export.copy().put("rows", false), Access.READ))
                        .succeeded())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            kv.values.get       | {"namespaceId":"n1"}       | true
            kv.values.get       | {"namespaceId":"n2"}       | false
            kv.values.put       | {"namespaceId":"N2"}       | false
            kv.values.get       | {"namespaceId":"n3"}       | true
            kv.namespaces.create | {"title":"prod-new"}      | false
            kv.namespaces.rename | {"namespaceId":"n2","title":"a"} | false
            """)
    void aNamespaceIsWhatListsCallIt(String name, String arguments, boolean opened) {
        var keep = "{\"id\": \"keep\", \"effect\": \"deny\", \"databases\": [\"prod-*\"]}";

        var done = policed(ADMIN, keep).invoke(operation(name, new JsonObject(arguments), Access.READ));

        assertThat(done.succeeded()).isEqualTo(opened);
        if (!opened) {
            assertThat(done.cause()).hasMessageContaining("the rule keep denies it");
        }
    }

    @Test
    void aRuleForAnAccountThatComesWhileTheDatabaseIsLookedUpHolds() {
        var policy = new Policy(new ToolsConfig(Duration.ofSeconds(1), 1, false, true));
        var first = "{\"id\": \"keep\", \"effect\": \"deny\", \"databases\": [\"prod\"]}";
        var second = "{\"id\": \"mine\", \"effect\": \"deny\", \"accounts\": [\"acme\"]}";
        install(policy, first);
        account.meanwhile = () -> install(policy, second);

        var policed = policed(
                policy,
                ADMIN,
                () -> Reach.UNKNOWN.onAccount(policy.speaksOf(Rule.What::accounts) ? Set.of("acme") : Set.of()));
        var done = policed.invoke(query(ORDERS, "SELECT 1"));

        assertThat(done.cause()).hasMessageContaining("the rule mine denies it");
    }

    @Test
    void aToolThatOnlyReadsWritesNothingWhereWritingIsSwitchedOff() {
        var policy = new Policy(new ToolsConfig(Duration.ofSeconds(1), 1, false, false));
        var policed = policed(policy, ADMIN);

        assertThat(policed.invoke(operation("d1.delete", new JsonObject().put("databaseId", PROD), Access.WRITE))
                        .cause())
                .hasMessageContaining("tools.writes is false");
        assertThat(reached).isEmpty();
    }

    private Connection policed(Caller caller, String... rules) {
        var policy = new Policy(new ToolsConfig(Duration.ofSeconds(1), 1, false, true));
        if (rules.length > 0) {
            install(policy, rules);
        }
        return policed(policy, caller);
    }

    /** Rules take the way that an admin's take. */
    private void install(Policy policy, String... rules) {
        var vertx = io.vertx.core.Vertx.vertx();
        var shop = new Workshop(vertx, folder).open(Workshop.config());
        var book = new PolicyBook(
                vertx, new symbolai.mcp.server.store.PolicyStore(shop.database), policy, shop.audit, Clock.systemUTC());
        get(book.start());
        for (var rule : rules) {
            get(book.add(ADMIN, RuleReader.read(new JsonObject(rule)), -1));
        }
        get(book.close());
        shop.close();
        get(vertx.close());
    }

    private Connection policed(Policy policy, Caller caller) {
        return policed(policy, caller, () -> Reach.UNKNOWN.onAccount(Set.of("local")));
    }

    private Connection policed(Policy policy, Caller caller, Supplier<Reach> onAccount) {
        return new PolicedConnection(
                account,
                (write, reach) -> policy.decide(caller, "d1_query", write, reach),
                new OperationReach(policy, account),
                onAccount,
                Decision::allowed,
                (operation, decision, goesOn) -> touched.saw("acc-1", operation, decision, goesOn));
    }

    private static Operation query(String database, String... sql) {
        var statements = new JsonArray();
        List.of(sql).forEach(text -> statements.add(new JsonObject().put("sql", text)));
        return operation(
                "d1.query", new JsonObject().put("databaseId", database).put("statements", statements), Access.READ);
    }

    private static Operation operation(String name, JsonObject arguments, Access access) {
        return new Operation(name, arguments, access, Deadline.after(Duration.ofSeconds(5)), Cancellation.NEVER);
    }
}

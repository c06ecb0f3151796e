package symbolai.mcp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.ToolsConfig;

/** Rules are written as words here: an effect, then fields with their values; a semicolon ends a rule. Questions are written alike. */
class RulesTest {

    private static final Set<String> LISTS = Set.of(
            "roles", "users", "keys", "clients", "tools", "accounts", "databases", "tables", "addresses", "days");

    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # nothing matches: refused
            ``                                          | role=admin                                | refused default
            ``                                          | role=viewer                               | refused default
            allow roles=operator                        | role=admin                                | refused default
            # who
            allow                                       | role=viewer                               | allowed 1
            allow                                       | role=operator write                       | allowed 1
            allow roles=operator                        | role=operator                             | allowed 1
            allow roles=operator,viewer                 | role=viewer                               | allowed 1
            allow roles=viewer                          | role=operator                             | refused default
            allow users=ada                             | role=viewer user=ada                      | allowed 1
            allow users=ada                             | role=viewer user=bob                      | refused default
            allow users=a*                              | role=viewer user=ada                      | allowed 1
            allow users=u-ada                           | role=viewer user=ada                      | allowed 1
            allow users=Ada                             | role=viewer user=ada                      | allowed 1
            allow users=*; deny users=SU*               | role=viewer user=sue                      | refused 2
            allow roles=viewer users=ada                | role=viewer user=ada                      | allowed 1
            allow roles=viewer users=ada                | role=operator user=ada                    | refused default
            allow roles=viewer users=ada                | role=viewer user=bob                      | refused default
            allow keys=k1                               | role=operator key=k1                      | allowed 1
            allow keys=k1                               | role=operator key=k2                      | refused default
            allow keys=k1                               | role=operator                             | refused default
            allow keys=*                                | role=operator                             | refused default
            allow clients=https://a.example/*           | role=operator client=https://a.example/c  | allowed 1
            allow clients=https://a.example/*           | role=operator client=https://b.example/c  | refused default
            allow clients=https://a.example/*           | role=operator key=k1                      | refused default
            allow agents=true                           | role=operator key=k1 agent                | allowed 1
            allow agents=true                           | role=operator key=k1                      | refused default
            # auditors and viewers, whom no rule opens more
            allow                                       | role=auditor                              | refused auditor
            allow roles=auditor                         | role=auditor                              | refused auditor
            allow roles=viewer                          | role=viewer write                         | refused viewer
            allow roles=viewer access=write             | role=viewer write                         | refused viewer
            # what
            allow tools=d1_query                        | role=operator tool=d1_query               | allowed 1
            allow tools=d1_query                        | role=operator tool=d1_schema              | refused default
            allow tools=d1_*                            | role=operator tool=d1_schema              | allowed 1
            allow tools=d1_*                            | role=operator tool=kv_list                | refused default
            allow tools=kv_*,d1_q?ery                   | role=operator tool=d1_query               | allowed 1
            allow access=read                           | role=operator                             | allowed 1
            allow access=read                           | role=operator write                       | refused default
            allow access=write                          | role=operator                             | refused default
            allow access=write                          | role=operator write                       | allowed 1
            allow access=any                            | role=operator write                       | allowed 1
            # what is touched: known, and not known yet
            allow databases=orders                      | role=operator                             | allowed 1
            allow databases=orders                      | role=operator db=orders                   | allowed 1
            allow databases=orders                      | role=operator db=id7,orders               | allowed 1
            allow databases=id7                         | role=operator db=id7,orders               | allowed 1
            allow databases=orders                      | role=operator db=prod                     | refused default
            allow databases=orders                      | role=operator db=-                        | refused default
            allow databases=*                           | role=operator db=-                        | refused default
            allow databases=orders-*                    | role=operator db=orders-eu                | allowed 1
            allow accounts=acme                         | role=operator account=acme                | allowed 1
            allow accounts=acme                         | role=operator account=other               | refused default
            allow accounts=acme                         | role=operator                             | allowed 1
            allow tables=orders                         | role=operator tables=orders               | allowed 1
            allow tables=orders                         | role=operator tables=orders,people        | refused default
            allow tables=orders,people                  | role=operator tables=orders,people        | allowed 1
            allow tables=orders                         | role=operator tables=-                    | allowed 1
            allow tables=ORDERS                         | role=operator tables=orders               | allowed 1
            allow tables=orders*                        | role=operator tables=orders,orders_old    | allowed 1
            allow tables=orders                         | role=operator tables=*                    | refused default
            allow tables=*                              | role=operator tables=*                    | allowed 1
            allow tables=orders; allow tables=people    | role=operator tables=orders,people        | refused default
            allow tables=orders; allow tables=people    | role=operator tables=people               | allowed 2
            allow databases=a tables=t                  | role=operator db=a tables=t               | allowed 1
            allow databases=a tables=t                  | role=operator db=b tables=t               | refused default
            allow databases=a tables=t                  | role=operator db=a tables=u               | refused default
            # when
            allow from=09:00 to=17:00 zone=UTC          | role=operator at=2026-11-23T09:00:00Z     | allowed 1
            allow from=09:00 to=17:00 zone=UTC          | role=operator at=2026-11-23T08:59:59Z     | refused default
            allow from=09:00 to=17:00 zone=UTC          | role=operator at=2026-11-23T16:59:59Z     | allowed 1
            allow from=09:00 to=17:00 zone=UTC          | role=operator at=2026-11-23T17:00:00Z     | refused default
            allow from=09:00 to=17:00 zone=Europe/Berlin | role=operator at=2026-11-23T08:00:00Z    | allowed 1
            allow from=09:00 to=17:00 zone=Europe/Berlin | role=operator at=2026-07-23T07:00:00Z    | allowed 1
            allow from=09:00 to=17:00 zone=Europe/Berlin | role=operator at=2026-07-23T15:00:00Z    | refused default
            allow from=22:00 to=06:00 zone=UTC          | role=operator at=2026-11-23T23:00:00Z     | allowed 1
            allow from=22:00 to=06:00 zone=UTC          | role=operator at=2026-11-23T05:59:00Z     | allowed 1
            allow from=22:00 to=06:00 zone=UTC          | role=operator at=2026-11-23T12:00:00Z     | refused default
            allow days=mon,tue                          | role=operator at=2026-11-23T00:00:00Z     | allowed 1
            allow days=mon,tue                          | role=operator at=2026-11-25T12:00:00Z     | refused default
            allow days=sun from=22:00 to=06:00 zone=UTC | role=operator at=2026-11-23T05:00:00Z     | allowed 1
            allow days=mon from=22:00 to=06:00 zone=UTC | role=operator at=2026-11-23T05:00:00Z     | refused default
            allow days=mon zone=Pacific/Auckland        | role=operator at=2026-11-22T12:00:00Z     | allowed 1
            allow days=mon zone=UTC                     | role=operator at=2026-11-22T12:00:00Z     | refused default
            # where from
            allow addresses=10.0.0.0/8                  | role=operator from=10.1.2.3               | allowed 1
            allow addresses=10.0.0.0/8                  | role=operator from=11.1.2.3               | refused default
            allow addresses=10.0.0.0/8                  | role=operator from=::ffff:10.1.2.3        | allowed 1
            allow addresses=10.0.0.7                    | role=operator from=10.0.0.7               | allowed 1
            allow addresses=10.0.0.7                    | role=operator from=10.0.0.8               | refused default
            allow addresses=2001:db8::/32               | role=operator from=2001:db8:1::1          | allowed 1
            allow addresses=2001:db8::/32               | role=operator from=10.0.0.1               | refused default
            allow addresses=0.0.0.0/0                   | role=operator from=::1                    | refused default
            allow addresses=10.0.0.0/8                  | role=operator from=local                  | refused default
            allow addresses=local                       | role=operator from=local                  | allowed 1
            allow addresses=local                       | role=operator from=10.0.0.1               | refused default
            allow addresses=local,10.0.0.0/8            | role=operator from=10.0.0.1               | allowed 1
            # deny wins
            allow; deny                                 | role=admin                                | refused 2
            deny; allow                                 | role=admin                                | refused 1
            allow; deny roles=operator                  | role=admin                                | allowed 1
            allow; deny access=write                    | role=admin write                          | refused 2
            allow; deny access=write                    | role=admin                                | allowed 1
            allow; deny databases=prod                  | role=admin db=prod                        | refused 2
            allow; deny databases=prod                  | role=admin db=test                        | allowed 1
            allow; deny databases=prod                  | role=admin                                | allowed 1
            allow; deny databases=prod                  | role=admin db=-                           | allowed 1
            allow; deny tables=secrets                  | role=admin tables=secrets,orders          | refused 2
            allow; deny tables=secrets                  | role=admin tables=orders                  | allowed 1
            allow; deny tables=*                        | role=admin tables=orders                  | refused 2
            allow; deny addresses=0.0.0.0/0             | role=admin from=1.2.3.4                   | refused 2
            # approve asks for more, and opens nothing
            approve                                     | role=admin                                | refused default
            allow; approve                              | role=admin                                | approval 2
            approve; allow                              | role=admin                                | approval 1
            allow; approve access=write                 | role=admin                                | allowed 1
            allow; approve access=write                 | role=admin write                          | approval 2
            allow; approve; deny                        | role=admin                                | refused 3
            allow; approve agents=true access=write     | role=admin write key=k agent              | approval 2
            allow; approve agents=true access=write     | role=admin write key=k                    | allowed 1
            allow roles=admin; approve agents=true      | role=viewer key=k agent                   | refused default
            allow; approve databases=prod               | role=admin                                | approval 2
            allow; approve databases=prod               | role=admin db=test                        | allowed 1
            allow; approve tables=secrets               | role=admin tables=orders                  | allowed 1
            allow; approve tables=secrets               | role=admin tables=secrets                 | approval 2
            # all that may ask have their say
            allow; approve databases=a; approve databases=b | role=admin                            | approval 2, 3
            allow; approve databases=a; approve databases=b | role=admin db=b                       | approval 3
            # everything is touched: what is closed is in it, what is opened must hold it
            allow; deny tables=secrets                  | role=admin tables=*                       | refused 2
            allow; approve tables=secrets               | role=admin tables=*                       | approval 2
            allow; deny databases=prod-*                | role=admin db=*                           | refused 2
            allow; approve databases=prod               | role=admin db=*                           | approval 2
            allow databases=prod                        | role=admin db=*                           | refused default
            allow databases=?                           | role=admin db=*                           | refused default
            allow databases=*                           | role=admin db=*                           | allowed 1
            # only ASCII letters have a case
            allow; deny tables=ÄRGER                    | role=admin tables=Ärger                   | refused 2
            allow; deny tables=ärger                    | role=admin tables=Ärger                   | allowed 1
            # the first that opens is named
            allow; allow                                | role=admin                                | allowed 1
            allow roles=viewer; allow roles=admin       | role=admin                                | allowed 2
            # the limits of keys and tokens
            allow                                       | role=admin key=k globs=kv_* tool=d1_query | refused key
            allow                                       | role=admin key=k globs=d1_* tool=d1_query | allowed 1
            allow                                       | role=admin client=c scopes=mcp:tools:read | allowed 1
            allow                                       | role=admin client=c scopes=mcp:tools:read write | scope scope
            allow                                       | role=admin client=c scopes=mcp:tools:write write | allowed 1
            allow                                       | role=admin client=c scopes=mcp:tools:write | allowed 1
            allow                                       | role=admin client=c scopes=mcp:other      | scope scope
            allow; deny                                 | role=admin client=c scopes=mcp:other      | refused 2
            ``                                          | role=admin client=c scopes=mcp:other      | refused default
            allow; approve                              | role=admin client=c scopes=mcp:tools:read write | scope scope
            # the switch
            allow                                       | role=admin write switch                   | refused read-only
            allow                                       | role=admin switch                         | allowed 1
            allow access=write                          | role=admin write switch                   | refused read-only
            allow; approve                              | role=admin write switch                   | refused read-only
            """)
    void rulesDecide(String rules, String question, String expected) {
        var decision = decide(rules, question);

        assertThat(decision.outcome().name().toLowerCase(Locale.ROOT) + " " + decision.rule())
                .as(decision.reason())
                .isEqualTo(expected);
    }

    @Test
    void whatWasApprovedHoldsForTheRulesThatAskedThen() {
        var both = decide("allow; approve databases=a; approve databases=b", "role=admin");
        var one = decide("allow; approve databases=a; approve databases=b", "role=admin db=b");

        assertThat(one.asksNoMoreThan(both.rule())).isTrue();
        assertThat(both.asksNoMoreThan(one.rule())).isFalse();
        assertThat(decide("deny", "role=admin").asksNoMoreThan("1")).isFalse();
        assertThat(both.demands()).extracting(Decision.Demand::rule).containsExactly("2", "3");
    }

    @Test
    void aDenyNeverAllowsMore() {
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            var rules = randomRules(random);
            var question = randomQuestion(random);
            var before = decide(rules, question);
            var after = decide(rules + "; deny " + randomFields(random), question);

            assertThat(rank(after)).as(rules + " | " + question).isLessThanOrEqualTo(rank(before));
        }
    }

    @Test
    void anApproveNeverAllowsMore() {
        var random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            var rules = randomRules(random);
            var question = randomQuestion(random);
            var before = decide(rules, question);
            var after = decide("approve " + randomFields(random) + "; " + rules, question);

            assertThat(rank(after)).as(rules + " | " + question).isLessThanOrEqualTo(rank(before));
        }
    }

    @Test
    void noRuleRelaxesTheReadOnlySwitch() {
        var random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            var rules = randomRules(random);
            var question = randomQuestion(random) + " write";

            assertThat(decide(rules, question + " switch").possible()).as(rules).isFalse();
            assertThat(decide(rules, question + " off").possible()).as(rules).isFalse();
        }
    }

    @Test
    void whatIsKnownNeverOpensMoreThanWhatMayBe() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var rules = randomRules(random);
            var question = "role=operator tool=d1_query";
            var known = decide(
                    rules, question + " account=a db=" + pick(random, "a", "b") + " tables=" + pick(random, "a", "b"));

            assertThat(known.possible() && !decide(rules, question).possible())
                    .as(rules)
                    .isFalse();
        }
    }

    @Test
    void callersWithEqualViewsAreShownTheSame() {
        var random = new Random(8);
        for (int i = 0; i < 100; i++) {
            var policy = policy(randomRules(random), "");
            var seen = new TreeMap<String, List<Boolean>>();
            for (int j = 0; j < 40; j++) {
                var caller = caller(words(randomQuestion(random)));
                var shown = Stream.of("d1_query", "kv_list", "d1_execute")
                        .map(tool -> policy.decide(caller, tool, tool.endsWith("execute"), Reach.UNKNOWN)
                                .possible())
                        .toList();
                var former = seen.putIfAbsent(policy.view(caller).toString(), shown);
                assertThat(former == null ? shown : former).isEqualTo(shown);
            }
        }
    }

    @Test
    void anExplanationNamesEachRuleAndWhatFits() {
        var policy = policy(
                "allow roles=operator tools=d1_* from=09:00 to=17:00; deny databases=prod; approve users=bob", "");
        var question = question(words("role=operator tool=d1_query at=2026-11-23T10:00:00Z"));

        var explanation = policy.explain(question);

        assertThat(explanation.decision().rule()).isEqualTo("1");
        assertThat(explanation.rules())
                .extracting(Explanation.Considered::rule, Explanation.Considered::match)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("1", "yes"),
                        org.assertj.core.groups.Tuple.tuple("2", "maybe"),
                        org.assertj.core.groups.Tuple.tuple("3", "no"));
        assertThat(explanation.rules().get(0).why())
                .containsExactly(
                        "roles operator: fits, it is operator",
                        "hours mon tue wed thu fri sat sun 09:00–17:00 UTC: fits, it is 2026-11-23T10:00Z[UTC]",
                        "tools d1_*: fits, it is d1_query");
        assertThat(explanation.rules().get(1).why()).containsExactly("databases prod: may fit, it is not known yet");
        assertThat(explanation.rules().get(2).why()).containsExactly("users bob: does not fit, it is ada or u-ada");
    }

    @Test
    void theRulesThatComeWithTheServerAreThoseOfTheCode() {
        var written = RuleSet.DEFAULT.rules().stream()
                .map(rule -> RuleReader.read(RuleCodec.json(rule.rule())))
                .toList();

        assertThat(written)
                .isEqualTo(
                        RuleSet.DEFAULT.rules().stream().map(CompiledRule::rule).toList());
    }

    private static int rank(Decision decision) {
        return switch (decision.outcome()) {
            case REFUSED -> 0;
            case SCOPE -> 1;
            case APPROVAL -> 2;
            case ALLOWED -> 3;
        };
    }

    private static Decision decide(String rules, String question) {
        var words = words(question);
        var policy = policy(rules, question);
        var asked = question(words);
        return policy.explain(asked).decision();
    }

    private static Policy policy(String text, String question) {
        var rules = new ArrayList<Rule>();
        for (var rule : text.split(";")) {
            if (!rule.isBlank()) {
                rules.add(rule(String.valueOf(rules.size() + 1), rule.strip()));
            }
        }
        var config = new ToolsConfig(
                Duration.ofSeconds(1), 1, false, !words(question).containsKey("off"));
        var policy = new Policy(config, Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));
        policy.install(RuleSet.of(2, rules, words(question).containsKey("switch")));
        return policy;
    }

    private static Rule rule(String id, String text) {
        var words = new ArrayList<>(List.of(text.split(" +")));
        var json = new JsonObject().put("id", id).put("effect", words.remove(0));
        words(String.join(" ", words)).forEach((field, value) -> {
            if (LISTS.contains(field)) {
                json.put(field, new JsonArray(List.of(value.split(","))));
            } else {
                json.put(field, value.equals("true") ? (Object) true : value);
            }
        });
        return RuleReader.read(json);
    }

    private static Map<String, String> words(String text) {
        return Stream.of(text.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toMap(
                        word -> word.replaceAll("=.*", ""), word -> word.replaceAll("^[^=]*=?", ""), (a, b) -> b));
    }

    private static Question question(Map<String, String> words) {
        var reach = new Reach(known(words, "account"), known(words, "db"), known(words, "tables"));
        return new Question(
                caller(words),
                words.getOrDefault("tool", "d1_query"),
                words.containsKey("write"),
                reach,
                Instant.parse(words.getOrDefault("at", "2026-11-23T12:00:00Z")));
    }

    private static Optional<Set<String>> known(Map<String, String> words, String name) {
        return Optional.ofNullable(words.get(name)).map(text -> text.equals("-") ? Set.of() : Set.of(text.split(",")));
    }

    private static Caller caller(Map<String, String> words) {
        var user = words.getOrDefault("user", "ada");
        var role = Role.valueOf(words.get("role").toUpperCase(Locale.ROOT));
        return new Caller("u-" + user, user, role, credential(words), words.getOrDefault("from", "127.0.0.1"));
    }

    private static Credential credential(Map<String, String> words) {
        if (words.containsKey("key")) {
            var globs = words.containsKey("globs") ? List.of(words.get("globs")) : List.<String>of();
            return Credential.key(words.get("key"), globs, words.containsKey("agent"));
        }
        return words.containsKey("client")
                ? Credential.token(
                        "g1",
                        words.get("client"),
                        words.containsKey("scopes") ? Set.of(words.get("scopes")) : Set.of("mcp:tools:write"))
                : Credential.signIn("s1");
    }

    private static String randomRules(Random random) {
        var rules = new ArrayList<String>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            rules.add(pick(random, "allow", "allow", "deny", "approve") + " " + randomFields(random));
        }
        return String.join("; ", rules);
    }

    private static String randomFields(Random random) {
        var fields = new TreeMap<String, String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var field = pick(random, "roles", "users", "tools", "access", "databases", "tables", "addresses", "days");
            fields.put(
                    field,
                    switch (field) {
                        case "roles" -> pick(random, "admin", "operator", "viewer", "operator,viewer");
                        case "users" -> pick(random, "ada", "bob", "*");
                        case "tools" -> pick(random, "d1_*", "kv_*", "*query");
                        case "access" -> pick(random, "read", "write", "any");
                        case "databases", "tables" -> pick(random, "a", "b", "*", "a,b");
                        case "addresses" -> pick(random, "10.0.0.0/8", "0.0.0.0/0", "local");
                        default -> pick(random, "mon", "tue,wed");
                    });
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String randomQuestion(Random random) {
        return "role=" + pick(random, "admin", "operator", "viewer", "auditor")
                + " user=" + pick(random, "ada", "bob")
                + " tool=" + pick(random, "d1_query", "kv_list")
                + " from=" + pick(random, "10.1.1.1", "11.1.1.1", "local")
                + pick(random, "", " key=k1", " client=c scopes=mcp:tools:read")
                + pick(random, "", " write")
                + pick(random, "", " db=a", " db=b", " db=-")
                + pick(random, "", " tables=a", " tables=a,b", " tables=-");
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

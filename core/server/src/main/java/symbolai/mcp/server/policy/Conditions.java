package symbolai.mcp.server.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;

/** Takes a rule apart into the things that it says. */
final class Conditions {

    private final Rule rule;
    private final List<Condition> conditions = new ArrayList<>();

    private Conditions(Rule rule) {
        this.rule = rule;
    }

    static List<Condition> of(Rule rule) {
        var parts = new Conditions(rule);
        parts.who();
        parts.circumstances();
        parts.what();
        parts.reach();
        return List.copyOf(parts.conditions);
    }

    private void who() {
        var who = rule.who();
        var roles = who.roles().stream().map(role -> role.text()).sorted().toList();
        add("roles", roles, question -> Set.of(question.caller().role().text()));
        add("users", folded(who.users()), question -> Set.copyOf(folded(names(question.caller()))));
        add("keys", who.keys(), question -> named(question.caller().keyId().orElse("")));
        add(
                "clients",
                who.clients(),
                question -> named(question.caller().credential().client()));
        if (who.agents()) {
            conditions.add(new Condition(
                    "agents",
                    "true",
                    true,
                    question -> Match.of(question.caller().credential().agent()),
                    question -> String.valueOf(question.caller().credential().agent())));
        }
    }

    private static Set<String> names(Caller caller) {
        return caller.name().equals(caller.id()) ? Set.of(caller.id()) : Set.of(caller.id(), caller.name());
    }

    /** Names that differ in the case of ASCII letters alone are those of one user. */
    private static List<String> folded(Collection<String> names) {
        return names.stream().map(Reach::folded).distinct().toList();
    }

    private static Set<String> named(String name) {
        return name.isEmpty() ? Set.of() : Set.of(name);
    }

    /** A condition on who calls: one of the names is one of those wanted. */
    private void add(String field, List<String> globs, Function<Question, Set<String>> names) {
        if (!globs.isEmpty()) {
            conditions.add(new Condition(
                    field,
                    String.join(", ", globs),
                    true,
                    question -> Match.of(any(globs, names.apply(question))),
                    question -> shown(names.apply(question))));
        }
    }

    private void circumstances() {
        var when = rule.when();
        if (!when.addresses().isEmpty() || when.local()) {
            conditions.add(new Condition(
                    "addresses",
                    String.join(", ", RuleCodec.addresses(when)),
                    true,
                    question -> Match.of(from(question.caller().address())),
                    question -> question.caller().address()));
        }
        when.hours()
                .ifPresent(hours -> conditions.add(new Condition(
                        "hours",
                        RuleCodec.text(hours),
                        true,
                        question -> Match.of(hours.contains(question.at())),
                        question -> question.at().atZone(hours.zone()).toString())));
    }

    private boolean from(String address) {
        return address.equals("local")
                ? rule.when().local()
                : rule.when().addresses().stream().anyMatch(range -> range.contains(address));
    }

    private void what() {
        var what = rule.what();
        if (!what.tools().isEmpty()) {
            conditions.add(new Condition(
                    "tools",
                    String.join(", ", what.tools()),
                    false,
                    question -> Match.of(any(what.tools(), Set.of(question.tool()))),
                    Question::tool));
        }
        if (what.access() != Access.ANY) {
            conditions.add(new Condition(
                    "access",
                    what.access().text(),
                    false,
                    question -> Match.of(what.access().covers(question.write())),
                    question -> question.write() ? "write" : "read"));
        }
    }

    private void reach() {
        var what = rule.what();
        touches("accounts", what.accounts(), question -> question.reach().account());
        touches("databases", what.databases(), question -> question.reach().database());
        if (!what.tables().isEmpty()) {
            var globs = what.tables().stream().map(Reach::folded).toList();
            conditions.add(new Condition(
                    "tables",
                    String.join(", ", globs),
                    false,
                    question -> question.reach()
                            .tables()
                            .map(tables -> Match.of(tables(globs, tables)))
                            .orElse(Match.MAYBE),
                    question -> known(question.reach().tables())));
        }
    }

    private void touches(String field, List<String> globs, Function<Question, Optional<Set<String>>> names) {
        if (!globs.isEmpty()) {
            conditions.add(new Condition(
                    field,
                    String.join(", ", globs),
                    false,
                    question -> names.apply(question)
                            .map(known -> Match.of(touched(globs, known)))
                            .orElse(Match.MAYBE),
                    question -> known(names.apply(question))));
        }
    }

    /** What a rule opens must hold all that is touched; of what a rule closes, one that is touched is enough. */
    private boolean tables(List<String> globs, Set<String> tables) {
        return rule.effect() == Effect.ALLOW
                ? tables.stream().allMatch(table -> touched(globs, Set.of(table)))
                : touched(globs, tables);
    }

    /** Where everything is touched, what a rule closes is touched too; only what a rule opens entirely is open. */
    private boolean touched(List<String> globs, Set<String> names) {
        if (names.contains(Reach.EVERYTHING)) {
            return rule.effect() != Effect.ALLOW || globs.contains(Reach.EVERYTHING);
        }
        return any(globs, names);
    }

    private static boolean any(List<String> globs, Set<String> names) {
        return names.stream().anyMatch(name -> globs.stream().anyMatch(glob -> Glob.matches(glob, name)));
    }

    private static String known(Optional<Set<String>> names) {
        return names.map(Conditions::shown).orElse("not known yet");
    }

    private static String shown(Collection<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(" or "));
    }
}

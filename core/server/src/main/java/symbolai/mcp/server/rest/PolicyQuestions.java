package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.KeyInfo;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Question;
import symbolai.mcp.server.policy.Reach;
import symbolai.mcp.server.tools.Catalogs;

/** Reads the questions that the policy explains its answers to. */
public final class PolicyQuestions {

    private static final List<String> FIELDS =
            List.of("user", "key", "client", "tool", "account", "database", "tables", "address", "at");

    private final Users users;
    private final ApiKeys keys;
    private final Catalogs catalogs;
    private final Clock clock;

    public PolicyQuestions(Users users, ApiKeys keys, Catalogs catalogs, Clock clock) {
        this.users = users;
        this.keys = keys;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    JsonObject schema() {
        return Schemas.object()
                .optional("user", Schemas.string("The name of the user who would call; or give a key."))
                .optional("key", Schemas.string("The id of the API key that would be shown."))
                .optional("client", Schemas.string("The id of the OAuth client that would call for the user."))
                .required("tool", Schemas.string("The tool."))
                .optional("account", Schemas.string("The id or name of the account."))
                .optional("database", Schemas.string("The id or name of the database, namespace, bucket or Worker."))
                .optional("tables", Schemas.array("The tables and views that are touched.", Schemas.string("A name.")))
                .optional("address", Schemas.string("Where the call would come from; local without one."))
                .optional("at", Schemas.string("When, such as 2026-11-23T09:00:00Z; now without it."))
                .build();
    }

    Future<Question> read(JsonObject body) {
        var fields = new BodyFields(body).only(FIELDS);
        var tool = fields.text("tool");
        boolean write = catalogs.current()
                .tool(tool)
                .map(entry -> !entry.value().annotations().readOnly())
                .orElseThrow(() -> missing("tool", tool));
        var reach = new Reach(named(fields, "account"), named(fields, "database"), tables(body));
        var at = at(fields);
        return caller(fields).map(caller -> new Question(caller, tool, write, reach, at));
    }

    private static Optional<Set<String>> named(BodyFields fields, String field) {
        return fields.optionalText(field).map(Set::of);
    }

    private static Optional<Set<String>> tables(JsonObject body) {
        if (body.getValue("tables") instanceof JsonArray array) {
            var names = new HashSet<String>();
            array.forEach(name -> names.add(Reach.folded(String.valueOf(name))));
            return Optional.of(names);
        }
        if (body.getValue("tables") == null) {
            return Optional.empty();
        }
        throw RestProblem.invalid("the field tables must be a list of names");
    }

    private Instant at(BodyFields fields) {
        var text = fields.optionalText("at");
        try {
            return text.map(Instant::parse).orElseGet(clock::instant);
        } catch (DateTimeException wrong) {
            throw RestProblem.invalid("the field at must be a time such as 2026-11-23T09:00:00Z");
        }
    }

    private Future<Caller> caller(BodyFields fields) {
        var address = fields.optionalText("address").orElse("local");
        var key = fields.optionalText("key");
        if (key.isPresent()) {
            return keys.list().compose(all -> byKey(all, key.get(), address));
        }
        var credential = fields.optionalText("client")
                .map(client -> Credential.token("explained", client, Set.of(Policy.READ_SCOPE, Policy.WRITE_SCOPE)))
                .orElse(Credential.signIn("explained"));
        return byName(fields.text("user"), credential, address);
    }

    private Future<Caller> byKey(List<KeyInfo> all, String id, String address) {
        var info =
                all.stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow(() -> missing("API key", id));
        return byName(info.user(), Credential.key(id, info.tools(), info.agent()), address);
    }

    private Future<Caller> byName(String name, Credential credential, String address) {
        return users.list()
                .map(all -> all.stream()
                        .filter(user -> user.name().equalsIgnoreCase(name))
                        .findFirst()
                        .map(user -> caller(user, credential, address))
                        .orElseThrow(() -> missing("user", name)));
    }

    private static Caller caller(User user, Credential credential, String address) {
        return new Caller(user.id(), user.name(), user.role(), credential, address);
    }

    private static ToolException missing(String what, String name) {
        var shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
        return new ToolException(
                Reason.NOT_FOUND, "there is no " + what + " \"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"");
    }
}

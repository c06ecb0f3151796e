package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.identity.oauth.Program;
import symbolai.mcp.server.identity.oauth.Programs;

/** The programs that act for a user by OAuth, for that user. */
public final class ProgramRoutes {

    private static final String CLIENT = "client";
    private static final RouteAccess OWNERS = new RouteAccess(Set.of(Role.values()), false, false);

    private final Programs programs;

    public ProgramRoutes(Programs programs) {
        this.programs = programs;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "auth/programs",
                        "Lists the programs that you let act for you by OAuth.",
                        Schemas.object().build(),
                        Schemas.object()
                                .required("programs", array("The oldest first.", schema()))
                                .required("count", integer("How many."))
                                .build(),
                        OWNERS,
                        (caller, fields) -> programs.list(caller).map(ProgramRoutes::json)),
                OwnRoute.post(
                        "auth/programs/end",
                        "Ends what you let a program do, at once; it has to ask you again.",
                        Schemas.object()
                                .required(CLIENT, string("The program's id."))
                                .build(),
                        Schemas.object()
                                .required("ended", string("The program's id."))
                                .build(),
                        OWNERS,
                        this::end));
    }

    private Future<JsonObject> end(Caller caller, JsonObject body) {
        var client = new BodyFields(body).only(List.of(CLIENT)).text(CLIENT);
        return programs.end(caller, client).map(new JsonObject().put("ended", client));
    }

    private static JsonObject json(List<Program> all) {
        return new JsonObject()
                .put(
                        "programs",
                        new JsonArray(all.stream().map(ProgramRoutes::json).toList()))
                .put("count", all.size());
    }

    private static JsonObject json(Program program) {
        return new JsonObject()
                .put(CLIENT, program.client())
                .put("name", program.name())
                .put("scopes", new JsonArray(program.scopes().stream().sorted().toList()))
                .put("since", program.since().toString());
    }

    private static JsonObject schema() {
        return Schemas.object()
                .required(CLIENT, string("The program's id."))
                .required("name", string("What it calls itself; nobody has checked it."))
                .required("scopes", array("What it may do.", string("A scope.")))
                .required("since", string("When you first agreed to what lasts."))
                .build("A program.");
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Ties a tool's questions to the account they were asked about: an answer must not act on another one that was made active meanwhile. */
final class AccountBinding {

    private static final String MEMBER = "_connection";

    private final Function<Caller, String> account;

    /** A binding to what this tells of each caller. */
    AccountBinding(Function<Caller, String> account) {
        this.account = account;
    }

    /** The questions, with what the caller is connected to in their state. */
    InputRequired tied(InputRequired questions, Caller caller) {
        var state = questions.state().put(MEMBER, account.apply(caller));
        return new InputRequired(questions.requests(), state);
    }

    /** The handler's own state. */
    JsonObject untied(JsonObject state, Caller caller) {
        var own = state.copy();
        var asked = own.remove(MEMBER);
        if (asked != null && !asked.equals(account.apply(caller))) {
            throw new ToolException(
                    Reason.CONFLICT,
                    "you were asked about another account than the one you are connected to now, so nothing was done; begin again");
        }
        return own;
    }
}

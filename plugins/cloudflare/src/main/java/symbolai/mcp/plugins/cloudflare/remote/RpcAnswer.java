package symbolai.mcp.plugins.cloudflare.remote;

import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/**
 * What a server answered to one request.
 *
 * @param result the result, empty fields when there is none
 * @param session the id of the session that it made
 * @param notSpoken set when it seems that the server did not understand the request's era; says whether something may have been done
 */
record RpcAnswer(Fields result, Optional<String> session, Optional<ToolException> notSpoken) {

    static RpcAnswer result(Fields result, Optional<String> session) {
        return new RpcAnswer(result, session, Optional.empty());
    }

    static RpcAnswer notSpoken(ToolException failure) {
        return new RpcAnswer(Fields.loose(null), Optional.empty(), Optional.of(failure));
    }

    boolean isSpoken() {
        return notSpoken.isEmpty();
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Progress;

/** A call of some kind, over what all calls have in common. */
interface DelegatingCall extends Call {
    Call common();

    @Override
    default Caller caller() {
        return common().caller();
    }

    @Override
    default Connection connection() {
        return common().connection();
    }

    @Override
    default Set<ClientCapability> clientCapabilities() {
        return common().clientCapabilities();
    }

    @Override
    default Map<String, JsonObject> answers() {
        return common().answers();
    }

    @Override
    default JsonObject state() {
        return common().state();
    }

    @Override
    default Progress progress() {
        return common().progress();
    }

    @Override
    default CallLog log() {
        return common().log();
    }

    @Override
    default Cancellation cancellation() {
        return common().cancellation();
    }

    @Override
    default Deadline deadline() {
        return common().deadline();
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.InternalFailure;
import symbolai.mcp.server.tools.NotFound;
import symbolai.mcp.server.tools.ScopeMissing;

/** Makes of every failure the error that the client is answered with: the one place where this is decided. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final ServerProfile server;

    Failures(ServerProfile server) {
        this.server = server;
    }

    /** The error for a client of the version. */
    JsonRpcException answer(Throwable failure, ProtocolVersion version) {
        if (failure instanceof JsonRpcException problem) {
            return problem;
        }
        if (failure instanceof NotFound notFound) {
            return notFound(notFound, version);
        }
        if (failure instanceof CapabilityMissing missing) {
            return missing(missing, version);
        }
        if (failure instanceof ScopeMissing missing) {
            return new JsonRpcException(
                    JsonRpcError.REFUSED,
                    text(missing),
                    new JsonObject()
                            .put("code", "MCP_INSUFFICIENT_SCOPE")
                            .put(
                                    "scopes",
                                    new JsonArray(
                                            missing.scopes().stream().sorted().toList())));
        }
        if (failure instanceof ToolException tool) {
            return tool(tool);
        }
        if (failure instanceof InternalFailure internal) {
            return internal(internal.id(), internal);
        }
        return unexpected(failure);
    }

    private static JsonRpcException noResource(String uri, ProtocolVersion version) {
        var code = version.isStateless() ? JsonRpcError.INVALID_PARAMS : JsonRpcError.RESOURCE_NOT_FOUND;
        return new JsonRpcException(code, "there is no resource '" + uri + "'", new JsonObject().put("uri", uri));
    }

    private JsonRpcException notFound(NotFound notFound, ProtocolVersion version) {
        if (notFound.kind() == NotFound.Kind.RESOURCE) {
            return noResource(notFound.name(), version);
        }
        return Params.invalid(text(notFound));
    }

    private static JsonRpcException missing(CapabilityMissing missing, ProtocolVersion version) {
        var code = version.isStateless() ? JsonRpcError.MISSING_CAPABILITY : JsonRpcError.INVALID_PARAMS;
        var required = missing.required();
        return new JsonRpcException(
                code,
                "this needs client capabilities that were not declared: " + required.encode(),
                new JsonObject().put("requiredCapabilities", required));
    }

    private JsonRpcException tool(ToolException failure) {
        return switch (failure.reason()) {
            case NOT_CONNECTED -> notConnected(failure);
            case INVALID, NOT_FOUND, CONFLICT, ANSWER_TOO_LARGE -> Params.invalid(text(failure));
            default -> new JsonRpcException(JsonRpcError.INTERNAL_ERROR, text(failure));
        };
    }

    private JsonRpcException notConnected(ToolException failure) {
        var data = new JsonObject().put("code", "MCP_NOT_CONNECTED");
        server.connectUrl().get().ifPresent(url -> data.put("url", url));
        return new JsonRpcException(JsonRpcError.NOT_CONNECTED, text(failure), data);
    }

    private JsonRpcException unexpected(Throwable failure) {
        var id = UUID.randomUUID().toString();
        LOG.atError().addKeyValue("failureId", id).setCause(failure).log("request failed");
        return internal(id, failure);
    }

    private JsonRpcException internal(String id, Throwable failure) {
        var data = new JsonObject().put("id", id);
        if (server.development()) {
            data.put(
                    "details",
                    String.valueOf(Optional.ofNullable(failure.getCause()).orElse(failure)));
        }
        return new JsonRpcException(
                JsonRpcError.INTERNAL_ERROR, "the server failed; its log has the details under this id", data);
    }

    private static String text(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("it failed");
    }
}

package symbolai.mcp.server.mcp;

import symbolai.mcp.api.Caller;
import symbolai.mcp.server.tools.Requester;

/**
 * One request with everything a method needs.
 */
record MethodCall(Params params, ClientProfile client, Caller caller, Exchange exchange, Retry retry) {

    /** On whose behalf the invoker acts; log messages name the subject. */
    Requester requester(String subject) {
        var projection = new Projection(client.version());
        return new Requester(
                caller,
                client.name(),
                client.door(),
                client.capabilities(),
                new RequestProgress(params.meta(), exchange, projection),
                new RequestLog(subject, client.logLevel(), exchange),
                exchange.cancellation(),
                false,
                Requester.LONGEST,
                client.version().isStateless() ? Requester.SHORT_HOLD : Requester.LONGEST);
    }
}

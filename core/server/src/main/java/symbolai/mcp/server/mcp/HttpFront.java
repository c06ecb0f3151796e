package symbolai.mcp.server.mcp;

import symbolai.mcp.server.jsonrpc.JsonRpcInput;

/** What HTTP requests of the eras with initialize are handed to. Each method answers through the reply, now or later, and throws nothing. */
public interface HttpFront {

    /** A POST whose body was decoded and does not belong to a stateless era. */
    void post(RequestHead head, JsonRpcInput input, HttpReply reply);

    /** A GET: the stream of a session, its resumption, or a 2024-11-05 stream. */
    void get(RequestHead head, HttpReply reply);

    /** A DELETE: the end of a session. */
    void delete(RequestHead head, HttpReply reply);
}

package symbolai.mcp.api;

import io.vertx.core.Future;
import java.util.List;

/** Takes a caller's credentials for an outside system, tests them, and opens connections. */
public interface Connector {

    /** A short name, unique in the server, such as {@code local}. */
    String id();

    /** What the caller must give; empty when the system asks for nothing, and then every caller is connected. */
    List<CredentialField> fields();

    /** Tests the credentials against the system. Fails with {@link ToolException.Reason#REFUSED} when they are not accepted. */
    Future<Verified> verify(Credentials credentials);

    /** Opens a connection. It is cheap, does not reach the system, and may be open many times over. */
    Connection open(Credentials credentials);
}

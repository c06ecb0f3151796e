package symbolai.mcp.api;

import io.vertx.core.Future;
import java.util.List;

/** Takes a caller's credentials for an outside system, tests them, and opens connections. */
public interface Connector {

    /** A short name, unique in the server, such as {@code local}. */
    String id();

    /** The name for people, such as {@code Cloudflare}. */
    default String title() {
        return id();
    }

    /** What the caller must give; empty when the system asks for nothing, and then every caller can be connected. */
    List<CredentialField> fields();

    /** What a person does to get the credentials, step by step, and the page to begin at. */
    default Steps steps() {
        return Steps.NONE;
    }

    /** Tests the credentials against the system. Fails with {@link ToolException.Reason#REFUSED} when they are not accepted. */
    Future<Verified> verify(Credentials credentials, Upstream upstream);

    /** Opens a connection. It is cheap, does not reach the system, and may be open many times over. */
    Connection open(Credentials credentials, Upstream upstream);

    /**
     * How a person gets credentials.
     *
     * @param url the page to begin at, empty when there is none
     * @param steps sentences, in order
     */
    record Steps(String url, List<String> steps) {

        /** For a system that asks for nothing. */
        public static final Steps NONE = new Steps("", List.of());

        public Steps {
            steps = List.copyOf(steps);
        }
    }
}

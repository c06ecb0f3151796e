package symbolai.mcp.api;

import java.util.List;
import java.util.Set;

/**
 * What a caller showed to be let in.
 *
 * @param id names the key, the grant or the sign-in; not secret, and empty for a local caller
 * @param client the OAuth client that the user lets act for them; empty for all other kinds
 * @param scopes the OAuth scopes that were granted; without meaning for all other kinds
 * @param tools the globs of tool names that an API key is limited to; empty means no limit
 * @param agent whether the key is marked as that of an agent, whose writes somebody approves
 */
public record Credential(Kind kind, String id, String client, Set<String> scopes, List<String> tools, boolean agent) {

    /** What stands for a caller who showed nothing: standard input, the command line, or a server without authentication. */
    public static final Credential LOCAL = new Credential(Kind.LOCAL, "", "", Set.of(), List.of(), false);

    /** The kinds of credentials. */
    public enum Kind {
        /** Nothing was shown, and nothing was asked for. */
        LOCAL,
        /** An API key. */
        KEY,
        /** An OAuth access token. */
        TOKEN,
        /** A sign-in in a browser. */
        SIGN_IN
    }

    public Credential {
        scopes = Set.copyOf(scopes);
        tools = List.copyOf(tools);
    }

    /** An API key. */
    public static Credential key(String id, List<String> tools, boolean agent) {
        return new Credential(Kind.KEY, id, "", Set.of(), tools, agent);
    }

    /** An access token of a grant. */
    public static Credential token(String grant, String client, Set<String> scopes) {
        return new Credential(Kind.TOKEN, grant, client, scopes, List.of(), false);
    }

    /** A sign-in. */
    public static Credential signIn(String id) {
        return new Credential(Kind.SIGN_IN, id, "", Set.of(), List.of(), false);
    }
}

package symbolai.mcp.server.http.page;

import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.identity.OpenSignIn;

/**
 * Who sits at the browser.
 *
 * @param caller as all rooms know callers
 * @param isFresh whether the password was given in the last minutes
 * @param open the sign-in; empty on a server without authentication
 */
public record SignedIn(Caller caller, boolean isFresh, Optional<OpenSignIn> open) {}

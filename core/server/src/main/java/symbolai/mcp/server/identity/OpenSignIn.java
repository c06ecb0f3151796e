package symbolai.mcp.server.identity;

import symbolai.mcp.api.Secret;

/**
 * A sign-in with what the browser has for it.
 *
 * @param cookie what the browser is to show from now on
 * @param isNew whether the browser has another cookie yet, or none
 */
public record OpenSignIn(SignIn signIn, Secret cookie, boolean isNew) {}

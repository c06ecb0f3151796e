/**
 * Sign-ins by an OpenID provider: it says who somebody is, and nothing else of it is kept. {@link
 * symbolai.mcp.server.identity.oidc.OpenIdProvider} is the door. The messages and their signatures are Nimbus's business; this room decides
 * which of them it trusts.
 */
@NullMarked
package symbolai.mcp.server.identity.oidc;

import org.jspecify.annotations.NullMarked;

package symbolai.mcp.server.config;

import java.time.Duration;
import java.util.List;

/**
 * How MCP clients get tokens.
 *
 * @param discovery whether clients are told that they may get a token by OAuth
 * @param allowedRedirects the schemes of desktop programs to which users may be sent back, beside https and loopback addresses
 * @param accessToken how long an access token is good
 * @param refreshToken how long a refresh token is good
 * @param refreshGrace how long a refresh token that was used may be used again, because clients ask several times at once
 */
public record OAuthConfig(
        boolean discovery,
        List<String> allowedRedirects,
        Duration accessToken,
        Duration refreshToken,
        Duration refreshGrace) {

    /** What holds when nothing is set. */
    public static final OAuthConfig DEFAULT = new OAuthConfig(
            true,
            List.of("cursor", "vscode", "vscode-insiders", "windsurf"),
            Duration.ofMinutes(15),
            Duration.ofDays(30),
            Duration.ofMinutes(2));

    public OAuthConfig {
        allowedRedirects = List.copyOf(allowedRedirects);
    }
}

package symbolai.mcp.server.store;

/** A stored token with its grant and the user whose grant it is. */
public record HeldToken(TokenRow token, GrantRow grant, UserRow user) {}

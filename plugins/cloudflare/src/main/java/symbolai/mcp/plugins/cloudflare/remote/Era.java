package symbolai.mcp.plugins.cloudflare.remote;

/** How a server wants to be spoken to; the first that it answers is kept. */
enum Era {
    /** Each request says everything. */
    MODERN("2026-07-28"),
    /** The older protocol, without the handshake that stateless servers do not need. */
    PLAIN("2025-06-18"),
    /** The older protocol with its handshake, and a session where the server makes one. */
    SESSION("2025-06-18");

    private final String version;

    Era(String version) {
        this.version = version;
    }

    String version() {
        return version;
    }
}

package symbolai.mcp.server.mcp;

import symbolai.mcp.server.tools.Catalogs;

/** What a transport compares of a request with what it was told beside it; each refuses with an error. */
public interface RequestChecks {

    /** For a transport that is told nothing beside the message. */
    RequestChecks NONE = new RequestChecks() {
        @Override
        public void version(Envelope envelope) {
            // There is nothing to compare.
        }

        @Override
        public void names() {
            // There is nothing to compare.
        }

        @Override
        public void arguments(Catalogs catalogs) {
            // There is nothing to compare.
        }
    };

    /** Compares the version. */
    void version(Envelope envelope);

    /** Compares the method and the name. */
    void names();

    /** Compares the arguments. */
    void arguments(Catalogs catalogs);
}

package symbolai.mcp.server.connections;

/** The state of a connection flow is not good any more, or never was. */
public final class StateRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Why {
        /** It was not made by this server for this user. */
        INVALID("the state is not one that this server gave you; begin again"),
        /** Its time is over. */
        EXPIRED("the state is too old; begin again"),
        /** It was used before. */
        USED("the state was used before; begin again");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    private final Why why;

    StateRefused(Why why) {
        super(why.text);
        this.why = why;
    }

    /** What is wrong with it. */
    public Why why() {
        return why;
    }
}

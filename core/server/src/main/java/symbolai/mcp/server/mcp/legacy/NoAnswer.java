package symbolai.mcp.server.mcp.legacy;

/** The client did not answer a question of ours; the message goes on after "the client". */
final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAnswer(String why) {
        super("the client " + why, null, false, false);
    }
}

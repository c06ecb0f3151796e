package symbolai.mcp.server.config;

import java.util.List;

/** The configuration has mistakes; all of them are told at once. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidConfiguration(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each mistake, naming the key and where it was set. */
    public List<String> problems() {
        return problems;
    }
}

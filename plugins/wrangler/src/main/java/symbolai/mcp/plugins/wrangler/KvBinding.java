package symbolai.mcp.plugins.wrangler;

import java.util.Optional;

/**
 * A KV namespace that a Worker is bound to.
 *
 * @param binding the name that the Worker's code uses
 */
public record KvBinding(String binding, Optional<String> id, Optional<String> previewId) {

    /** What {@code wrangler dev} calls it. */
    public String devId() {
        return previewId.or(() -> id).orElse(binding);
    }
}

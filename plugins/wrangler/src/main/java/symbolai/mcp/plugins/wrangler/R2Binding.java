package symbolai.mcp.plugins.wrangler;

import java.util.Optional;

/**
 * An R2 bucket that a Worker is bound to.
 *
 * @param binding the name that the Worker's code uses
 */
public record R2Binding(
        String binding,
        Optional<String> bucketName,
        Optional<String> previewBucketName,
        Optional<String> jurisdiction) {

    /** What {@code wrangler dev} calls it. */
    public String devId() {
        return previewBucketName.or(() -> bucketName).orElse(binding);
    }
}

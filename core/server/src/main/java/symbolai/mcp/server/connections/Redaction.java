package symbolai.mcp.server.connections;

import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;

/** Takes the secrets of one set of credentials out of texts, should a connector have put them there. */
final class Redaction {

    /** Shorter ones say nothing, and would stand in too many words. */
    private static final int SHORTEST = 6;

    private static final int DEEPEST = 20;

    private final List<Secret> secrets;

    private Redaction(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    static Redaction of(Connector connector, Credentials credentials) {
        return new Redaction(connector.fields().stream()
                .filter(CredentialField::secret)
                .map(field -> credentials.value(field.name()))
                .flatMap(Optional::stream)
                .filter(secret -> secret.reveal().length() >= SHORTEST)
                .toList());
    }

    ToolException clean(ToolException failure) {
        var message = String.valueOf(failure.getMessage());
        var cleaned = clean(message);
        return cleaned.equals(message) ? failure : new ToolException(failure.reason(), cleaned, failure.retryAt());
    }

    /** The failure, or one that tells the same without secrets. */
    Throwable clean(Throwable failure) {
        return dirty(failure, 0) ? new Cleaned(failure, this, 0) : failure;
    }

    private boolean dirty(Throwable failure, int depth) {
        if (depth == DEEPEST) {
            return true;
        }
        var text = failure.toString();
        var cause = Optional.ofNullable(failure.getCause());
        return !clean(text).equals(text)
                || failure.getSuppressed().length > 0
                || cause.map(inner -> dirty(inner, depth + 1)).orElse(false);
    }

    /** Whether there is no secret in the text. */
    boolean passes(String text) {
        return clean(text).equals(text);
    }

    private String clean(String text) {
        var cleaned = text;
        for (var secret : secrets) {
            cleaned = cleaned.replace(secret.reveal(), "***");
        }
        return cleaned;
    }

    /** Stands in the log for a failure that had a secret in it. */
    private static final class Cleaned extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Cleaned(Throwable failure, Redaction redaction, int depth) {
            super(redaction.clean(failure.toString()));
            setStackTrace(failure.getStackTrace());
            var cause = failure.getCause();
            if (cause != null && depth < DEEPEST) {
                initCause(new Cleaned(cause, redaction, depth + 1));
            }
        }
    }
}

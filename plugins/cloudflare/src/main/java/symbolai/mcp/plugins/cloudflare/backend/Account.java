package symbolai.mcp.plugins.cloudflare.backend;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * An account of Cloudflare and the token that opens it.
 *
 * @param token the API token
 * @param id 32 hexadecimal digits
 */
public record Account(Secret token, String id) {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{10,500}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    /** Global keys: the new form, and the old one, which no API token ever had. */
    private static final Pattern GLOBAL_KEY = Pattern.compile("cfk_.*|[0-9a-f]{37}");

    /** Reads the credentials. Fails with {@link Reason#REFUSED} for what cannot be a token and an account. */
    public static Account of(Credentials credentials) {
        var token = given(credentials, "apiToken", "an API token");
        var id = given(credentials, "accountId", "the account id").reveal().toLowerCase(Locale.ROOT);
        if (GLOBAL_KEY.matcher(token.reveal()).matches()) {
            throw refused("this is a Global API Key, which may do everything with all accounts; make an API token");
        }
        if (!TOKEN.matcher(token.reveal()).matches()) {
            throw refused("an API token has 10 to 500 visible ASCII characters and no spaces");
        }
        if (!ID.matcher(id).matches()) {
            throw refused("an account id has 32 hexadecimal digits");
        }
        return new Account(token, id);
    }

    /** Whether the token says by its prefix that it belongs to an account. */
    public boolean ownedByAccount() {
        return token.reveal().startsWith("cfat_");
    }

    /** Whether the token says by its prefix that it belongs to a user. */
    public boolean ownedByUser() {
        return token.reveal().startsWith("cfut_") || token.reveal().startsWith("cfoat_");
    }

    private static Secret given(Credentials credentials, String field, String what) {
        Optional<Secret> value = credentials.value(field);
        return value.filter(secret -> !secret.reveal().isEmpty())
                .orElseThrow(() -> refused(what + " is missing; this backend needs it"));
    }

    private static ToolException refused(String message) {
        return new ToolException(Reason.REFUSED, message);
    }
}

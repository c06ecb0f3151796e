package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A request of an OAuth client that is refused, with the code that OAuth has for the reason. */
public final class OAuthProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    private OAuthProblem(String code, int status, String description) {
        super(description, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** The problem of a code that Nimbus knows. */
    static OAuthProblem of(ErrorObject error, String description) {
        return new OAuthProblem(error.getCode(), error.getHTTPStatusCode(), description);
    }

    /** The problem of another code. */
    static OAuthProblem of(String code, String description) {
        return new OAuthProblem(code, 400, description);
    }

    /** What Nimbus could not read; its words hold nothing of the request that could not stand in a header. */
    static OAuthProblem of(ParseException unread) {
        var error = unread.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : unread.getErrorObject();
        var description = error.getDescription() == null ? String.valueOf(unread.getMessage()) : error.getDescription();
        return of(error, description.replaceAll("[^ !#-\\[\\]-~]", "_"));
    }

    /** Reads a request with Nimbus, which throws also what is no {@link ParseException}: where its own message may not hold what was sent. */
    static <T> T parsed(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ParseException unread) {
            throw of(unread);
        } catch (IllegalArgumentException unread) {
            throw invalid("the request is malformed");
        }
    }

    /** How a request is read. */
    @FunctionalInterface
    interface Reading<T> {

        T read() throws ParseException;
    }

    /** The request lacks something, or has it in a wrong form. */
    static OAuthProblem invalid(String description) {
        return of(OAuth2Error.INVALID_REQUEST, description);
    }

    /** The client is not known, or did not prove that it is itself. */
    static OAuthProblem client(String description) {
        return of(OAuth2Error.INVALID_CLIENT, description);
    }

    /** The code or token is not good. */
    static OAuthProblem grant(String description) {
        return of(OAuth2Error.INVALID_GRANT, description);
    }

    /** The same as a failed future. */
    <T> Future<T> failed() {
        return Future.failedFuture(this);
    }

    /** OAuth's code. */
    public String code() {
        return code;
    }

    /** The HTTP status, where the answer is not a redirect. */
    public int status() {
        return status;
    }

    /** The description for the client's developer. */
    public String description() {
        return String.valueOf(getMessage());
    }

    /** The body of the answer. */
    public JsonObject json() {
        return new JsonObject().put("error", code).put("error_description", description());
    }
}

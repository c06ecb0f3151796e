package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import symbolai.mcp.server.crypto.Sha256;

/** Changes what a server has stored, as if time had passed. */
record StoredRows(TestServer server) {

    /** Makes the sign-in look as if the password was given long ago. */
    void age(FormBrowser browser) {
        change("UPDATE sign_ins SET proved = 0 WHERE id = ?", signIn(browser));
    }

    /** Makes the sign-in look as if the password was given just now, for as long as a test takes. */
    void refresh(FormBrowser browser) {
        change("UPDATE sign_ins SET proved = 4000000000000 WHERE id = ?", signIn(browser));
    }

    /** Makes the sign-in look as if the browser was not used for years. */
    void expire(FormBrowser browser) {
        change("UPDATE sign_ins SET created = 1, seen = 1 WHERE id = ?", signIn(browser));
    }

    /** The time of the access token is over. */
    void expire(String token) {
        change("UPDATE oauth_tokens SET expires = 1 WHERE hash = ?", Sha256.hex(token));
    }

    /** The access token was given for another server. */
    void estrange(String token) {
        change(
                "UPDATE oauth_grants SET resource = 'http://127.0.0.1:1/api/mcp/sse'"
                        + " WHERE id = (SELECT grant_id FROM oauth_tokens WHERE hash = ?)",
                Sha256.hex(token));
    }

    private static String signIn(FormBrowser browser) {
        return browser.rest(HttpMethod.GET, "auth/sign-ins", new JsonObject()).json().getJsonArray("signIns").stream()
                .map(JsonObject.class::cast)
                .filter(signIn -> signIn.getBoolean("current"))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    private void change(String sql, String value) {
        var file = server.dataFolder().resolve("symbolai-mcp.db");
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = database.prepareStatement(sql)) {
            statement.setString(1, value);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

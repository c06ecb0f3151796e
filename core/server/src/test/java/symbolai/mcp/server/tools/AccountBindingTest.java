package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;

class AccountBindingTest {

    private static final Caller CALLER = new Caller("u1", "ada", Role.ADMIN, Credential.LOCAL, "local");

    private final AtomicReference<String> account = new AtomicReference<>("staging");
    private final AccountBinding binding = new AccountBinding(caller -> account.get());

    @Test
    void theHandlerGetsItsOwnStateBack() {
        var own = new JsonObject().put("id", "assets");

        var asked = binding.tied(new InputRequired(Map.of(), own), CALLER);

        assertThat(asked.state()).isNotEqualTo(own);
        assertThat(binding.untied(asked.state(), CALLER)).isEqualTo(own);
    }

    @Test
    void anAnswerDoesNothingOnAnotherAccount() {
        var asked = binding.tied(new InputRequired(Map.of(), new JsonObject()), CALLER);

        account.set("production");

        assertThatThrownBy(() -> binding.untied(asked.state(), CALLER))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ToolException.Reason.CONFLICT));
    }

    @Test
    void aFirstCallHasNothingToCompare() {
        assertThat(binding.untied(new JsonObject(), CALLER)).isEqualTo(new JsonObject());
    }
}

package symbolai.mcp.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.identity.Identity.BY;
import static symbolai.mcp.server.identity.Identity.done;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;

class ChangesTest {

    private static final Secret PASSWORD = new Secret("correct horse");

    @TempDir
    Path folder;

    private Identity identity;

    @BeforeEach
    void open() {
        identity = new Identity(folder);
    }

    @AfterEach
    void close() {
        identity.close();
    }

    private List<JsonObject> records() throws IOException {
        var records = new ArrayList<JsonObject>();
        try (var files = Files.list(folder.resolve("audit"))) {
            for (var file : files.sorted().toList()) {
                Files.readAllLines(file).forEach(line -> records.add(new JsonObject(line)));
            }
        }
        return records;
    }

    @Test
    void eachChangeIsRecordedWithWhoMadeIt() throws IOException {
        var ada = done(identity.users.create(BY, "ada", Role.ADMIN, PASSWORD));
        done(identity.users.createWithoutPassword(BY, "bob", Role.VIEWER));
        done(identity.users.setRole(BY, "bob", Role.ADMIN));
        done(identity.users.resetPassword(BY, "ada", new Secret("another horse")));
        var key = done(identity.keys.create(BY, "ada", "laptop", Optional.empty(), List.of("d1_*")));
        done(identity.keys.revoke(BY, key.id()));
        done(identity.users.remove(BY, "bob"));

        assertThat(records())
                .extracting(record -> record.getString("event"))
                .containsExactly(
                        "user.created",
                        "user.created",
                        "user.role-changed",
                        "password.changed",
                        "key.created",
                        "key.revoked",
                        "user.removed");
        assertThat(records()).allSatisfy(record -> {
            assertThat(record.getString("caller")).isEqualTo("boss");
            assertThat(record.getString("address")).isEqualTo("local");
            assertThat(record.containsKey("outcome")).isFalse();
        });
        assertThat(records().get(0).getString("target")).isEqualTo(ada.id());
        assertThat(records().get(2).getString("from")).isEqualTo("viewer");
        assertThat(records().get(2).getString("role")).isEqualTo("admin");
        assertThat(records().get(4).getString("user")).isEqualTo(ada.id());
        assertThat(records().toString())
                .doesNotContain("horse")
                .doesNotContain(key.key().reveal());
    }

    @Test
    void whatCameToNothingIsRecordedAsFailed() throws IOException {
        done(identity.users.create(BY, "ada", Role.ADMIN, PASSWORD));

        assertThatThrownBy(() -> done(identity.users.remove(BY, "ada"))).isInstanceOf(ToolException.class);

        var last = records().get(2);
        assertThat(last.getString("event")).isEqualTo("user.removed");
        assertThat(last.getString("outcome")).isEqualTo("failed");
        assertThat(last.getString("reason")).isEqualTo("refused");
    }

    @Test
    void nothingIsChangedThatCannotBeRecorded() {
        done(identity.users.create(BY, "ada", Role.ADMIN, PASSWORD));
        var key = done(identity.keys.create(BY, "ada", "laptop", Optional.empty(), List.of()));
        done(identity.audit.close());

        assertThatThrownBy(() -> done(identity.users.createWithoutPassword(BY, "bob", Role.VIEWER)))
                .hasMessageContaining("the server's audit log cannot be written");
        assertThatThrownBy(() -> done(identity.keys.revoke(BY, key.id())))
                .hasMessageContaining("the server's audit log cannot be written");

        assertThat(done(identity.users.list())).hasSize(1);
        assertThat(done(identity.keys.list()).get(0).revoked()).isEmpty();
    }
}

package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.connections.VaultHouse.get;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.store.ConnectionRow;

class ActiveConnectionsTest {

    @TempDir
    Path folder;

    private VaultHouse house;
    private ActiveConnections active;

    @BeforeEach
    void open() {
        house = new VaultHouse(folder).open();
        active = new ActiveConnections(house.store);
        var row = new ConnectionRow("one", "ada", "main", "cloud", "sealed", 0, 0, true, "{}");
        get(house.store.put(() -> row, 10));
        get(active.load());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsForgottenIsGoneThoughTheStoreCannotBeRead() {
        active.forget("ada", "one");

        assertThat(active.of("ada")).isEmpty();
    }

    @Test
    void onlyThatConnectionIsForgotten() {
        active.forget("ada", "two");
        active.forget("bob", "one");

        assertThat(active.of("ada").map(ConnectionRow::id)).contains("one");
    }
}

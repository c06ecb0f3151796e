package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.tools.Catalogs;

class AnnouncementsTest {

    @Test
    void whoMayNotReadAResourceAnyMoreIsNotToldThatItChanged() {
        var may = new AtomicBoolean(true);
        var catalogs = new Catalogs();
        var announcements = new Announcements(catalogs, (caller, uri) -> may.get(), new JsonRpcCodec());
        var follower = new Follower();
        announcements.add(follower);
        announcements.start();

        catalogs.resourceUpdated("test://a");
        may.set(false);
        catalogs.resourceUpdated("test://a");
        may.set(true);
        catalogs.resourceUpdated("test://b");

        assertThat(follower.told).hasSize(1);
    }

    private static final class Follower implements Announcements.Listener {

        private final List<Buffer> told = new ArrayList<>();

        @Override
        public void announce(Buffer notification) {
            told.add(notification);
        }

        @Override
        public Optional<Caller> follower(String uri) {
            return uri.equals("test://a") ? Optional.of(McpHouse.caller("ada")) : Optional.empty();
        }
    }
}

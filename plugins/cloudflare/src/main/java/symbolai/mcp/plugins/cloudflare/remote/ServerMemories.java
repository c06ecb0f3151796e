package symbolai.mcp.plugins.cloudflare.remote;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is known of each server. */
final class ServerMemories {

    private final List<ServerMemory> memories =
            Stream.generate(ServerMemory::new).limit(Server.values().length).toList();

    ServerMemory of(Server server) {
        return memories.get(Arrays.asList(Server.values()).indexOf(server));
    }
}

package symbolai.mcp.server.tools;

import java.time.Duration;
import java.util.OptionalDouble;
import symbolai.mcp.api.Progress;

/** Progress that only goes up, through all entries into a plugin that one call takes, and that ends with the call. */
final class RisingProgress implements Progress {
    private final Loop loop;
    private final Progress client;
    private double last = -1;
    private boolean handlerReports;
    private boolean ended;

    RisingProgress(Loop loop, Progress client) {
        this.loop = loop;
        this.client = client;
    }

    @Override
    public void report(double done, OptionalDouble total, String message) {
        loop.run(() -> fromHandler(done, total, message));
    }

    private void fromHandler(double done, OptionalDouble total, String message) {
        handlerReports = true;
        rise(done, total, message);
    }

    private void rise(double done, OptionalDouble total, String message) {
        if (!ended && Double.isFinite(done) && done > last) {
            last = done;
            client.report(done, total, message);
        }
    }

    /** The host tells of a pause; its message counts as a step where the handler counts none itself. */
    void pause(Duration pause, String message) {
        client.pause(pause);
        if (!handlerReports) {
            rise(last < 0 ? 1 : last + 1, OptionalDouble.empty(), message);
        }
    }

    @Override
    public void pause(Duration pause) {
        // Only the host knows how long it will wait.
    }

    void end() {
        ended = true;
    }
}

package symbolai.mcp.server.tools;

import java.util.concurrent.atomic.AtomicInteger;

/** A number of things that may go on at once. Safe for any thread. */
final class Slots {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    Slots(int most) {
        this.most = most;
    }

    /** Takes a slot; false when none is free. Each success is followed by one {@link #release}. */
    boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void release() {
        taken.decrementAndGet();
    }

    int most() {
        return most;
    }
}

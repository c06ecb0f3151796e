package symbolai.mcp.server.rest.v4;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies together may take. Safe for any thread. */
final class BodyBudget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** As much of this as one body may have. */
    int atMost(int wanted) {
        return (int) Math.min(wanted, most);
    }

    /** Takes the bytes; false when they are not there. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        taken.addAndGet(-bytes);
    }
}

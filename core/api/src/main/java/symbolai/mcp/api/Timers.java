package symbolai.mcp.api;

import java.time.Duration;

/** Timers that the host cancels when the plugin is unloaded. Tasks run on an event loop and must not block. */
public interface Timers {

    /** Runs the task once, after the delay. */
    Timer once(Duration delay, Runnable task);

    /** Runs the task again and again, first after one interval. */
    Timer every(Duration interval, Runnable task);

    /** One timer that was set. */
    interface Timer {

        /** Cancels the timer; does nothing when it has run out. */
        void cancel();
    }
}

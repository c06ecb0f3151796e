package symbolai.mcp.api;

/** Tells whether the caller still wants the answer. */
public interface Cancellation {

    /** A cancellation that never comes. */
    Cancellation NEVER = new Cancellation() {
        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {
            // There is nothing to wait for.
        }
    };

    /** Whether the call was cancelled or its deadline has passed. */
    boolean isCancelled();

    /** Runs the action once when the call is cancelled: at once if it already is, never after the call has ended. */
    void onCancel(Runnable action);
}

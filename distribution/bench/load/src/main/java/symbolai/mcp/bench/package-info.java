/**
 * The bench: what the server costs, beside a raw server of the same stack and beside the field, measured in turns in one run.
 *
 * <p>One thread makes the load and looks at every answer. Ratios are what counts: whatever else the machine does meets all alike.
 */
@NullMarked
package symbolai.mcp.bench;

import org.jspecify.annotations.NullMarked;

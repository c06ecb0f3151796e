package symbolai.mcp.plugins.local.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table of our own.
 *
 * @param values as SQLite gives them
 */
public record Row(List<@Nullable Object> values) {

    /** A text. */
    public String text(int column) {
        return String.valueOf(values.get(column));
    }

    /** A text that may be missing. */
    public Optional<String> optionalText(int column) {
        return Optional.ofNullable(values.get(column)).map(String::valueOf);
    }

    /** A whole number; zero when it is missing. */
    public long number(int column) {
        return values.get(column) instanceof Number number ? number.longValue() : 0;
    }

    /** A whole number that may be missing. */
    public Optional<Long> optionalNumber(int column) {
        return values.get(column) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** A time that is kept in milliseconds. */
    public Instant time(int column) {
        return Instant.ofEpochMilli(number(column));
    }

    /** A blob; empty when it is missing. */
    public byte[] bytes(int column) {
        return values.get(column) instanceof byte[] blob ? blob : new byte[0];
    }

    /** Whether there is no value. */
    public boolean isMissing(int column) {
        return values.get(column) == null;
    }
}

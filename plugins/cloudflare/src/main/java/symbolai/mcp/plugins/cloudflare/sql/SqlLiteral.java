package symbolai.mcp.plugins.cloudflare.sql;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ToolException;

/** Writes a value of JSON as SQLite writes it. */
final class SqlLiteral {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private SqlLiteral() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof Number number) {
            var text = number(number);
            return text.startsWith("-") ? "(" + text + ")" : text;
        }
        return text(value.toString());
    }

    private static String number(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            return number.toString();
        }
        if (number instanceof BigInteger big && big.compareTo(LEAST) >= 0 && big.compareTo(MOST) <= 0) {
            return big.toString();
        }
        var real = number.doubleValue();
        if (!Double.isFinite(real)) {
            throw new ToolException(ToolException.Reason.INVALID, "a number among the values is too large");
        }
        return Double.toString(real);
    }

    /** Control characters cannot stand in SQL everywhere; these are put in by their numbers. */
    private static String text(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return "'" + text.replace("'", "''") + "'";
        }
        var hex = new StringBuilder("CAST(x'");
        for (var octet : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hex.append("%02x".formatted(octet));
        }
        return hex.append("' AS TEXT)").toString();
    }
}

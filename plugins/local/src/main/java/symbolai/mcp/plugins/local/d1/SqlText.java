package symbolai.mcp.plugins.local.d1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes names and values so that SQLite reads exactly the same ones again. */
final class SqlText {

    private SqlText() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A value of the type that SQLite says it has; of a text, its bytes. */
    static String value(String type, @Nullable Object value) {
        if (value instanceof Double number) {
            return real(number);
        }
        if (type.equals("text")) {
            return text(value instanceof byte[] bytes ? bytes : new byte[0]);
        }
        if (type.equals("blob")) {
            return "X'" + hex(value instanceof byte[] bytes ? bytes : new byte[0]) + "'";
        }
        return value == null ? "NULL" : value.toString();
    }

    /** Bytes that are no UTF-8, and characters that no statement may hold, are written in hex. */
    private static String text(byte[] bytes) {
        return readable(bytes).map(SqlText::text).orElseGet(() -> "CAST(X'" + hex(bytes) + "' AS TEXT)");
    }

    private static Optional<String> readable(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().allMatch(SqlText::isReadable) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /** A carriage return is written in hex too: programs that carry text like to change it. */
    private static boolean isReadable(int character) {
        return character == '\t' || character == '\n' || (character >= ' ' && character != 0x7f);
    }

    private static String real(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "9e999" : "-9e999";
        }
        return Double.toString(number);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

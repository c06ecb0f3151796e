package symbolai.mcp.server.mcp;

import java.math.BigDecimal;

/**
 * The value of an argument, as compared with the text of a header.
 *
 * @param value a String, Number, Boolean or something that no header can carry
 */
record ArgumentValue(Object value) {

    private static final int MAX_NUMBER_LENGTH = 40;

    /** Whether the text means this value; numbers are compared as numbers. */
    boolean equalsText(String text) {
        if (value instanceof Number number) {
            return text.length() <= MAX_NUMBER_LENGTH && isSameNumber(number, text);
        }
        return (value instanceof String || value instanceof Boolean)
                && value.toString().equals(text);
    }

    private static boolean isSameNumber(Number number, String text) {
        if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            return false;
        }
        return new BigDecimal(number.toString()).compareTo(new BigDecimal(text)) == 0;
    }
}

package symbolai.mcp.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One request that is sent again and again with another id, and the answer that is expected to it, byte for byte. The id has eight digits, so
 * that only these change. Not safe for use by several threads.
 */
final class Exchange {

    private static final int DIGITS = 8;
    private static final int FIRST = 10_000_000;
    private static final int LAST = 99_999_999;

    private final byte[] request;
    private final int idInRequest;
    private byte[] answer = {};
    private int idInAnswer;
    private int next = FIRST;

    private Exchange(byte[] request, int idInRequest) {
        this.request = request;
        this.idInRequest = idInRequest;
    }

    /** The exchange of a request in which the first id stands for all. */
    static Exchange of(byte[] request) {
        return new Exchange(request, find(request, digits(FIRST)));
    }

    /** The id that the request of a template has. */
    static int firstId() {
        return FIRST;
    }

    /** Takes an answer to the first id, which somebody has looked at, as what every answer must be but for the id. */
    void expect(byte[] body) {
        answer = body.clone();
        idInAnswer = find(body, digits(FIRST));
    }

    int nextId() {
        next = next == LAST ? FIRST : next + 1;
        return next;
    }

    /** The request with the id, in a buffer that the next call overwrites. */
    byte[] request(int id) {
        System.arraycopy(digits(id), 0, request, idInRequest, DIGITS);
        return request;
    }

    /** What is wrong with the body of the answer to an id, if anything is. */
    Optional<String> fault(int status, byte[] bytes, int from, int length, int id) {
        boolean isExpected = status == 200
                && length == answer.length
                && Arrays.equals(bytes, from, from + idInAnswer, answer, 0, idInAnswer)
                && Arrays.equals(bytes, from + idInAnswer, from + idInAnswer + DIGITS, digits(id), 0, DIGITS)
                && Arrays.equals(
                        bytes, from + idInAnswer + DIGITS, from + length, answer, idInAnswer + DIGITS, answer.length);
        return isExpected
                ? Optional.empty()
                : Optional.of("status " + status + " to " + id + ": "
                        + new String(bytes, from, Math.min(length, 300), StandardCharsets.UTF_8));
    }

    private static byte[] digits(int id) {
        var digits = new byte[DIGITS];
        int rest = id;
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return digits;
    }

    private static int find(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalStateException("there is no id in " + new String(bytes, StandardCharsets.UTF_8));
    }
}

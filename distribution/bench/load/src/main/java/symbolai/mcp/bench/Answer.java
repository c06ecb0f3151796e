package symbolai.mcp.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the end of an HTTP/1.1 answer in bytes that arrive in pieces, with a length or in chunks. Not safe for use by several threads. */
final class Answer {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[64 * 1024];
    private int filled;
    private int headLength;
    private int bodyFrom;
    private int bodyLength;

    /** Where the next bytes go; there is always room. */
    byte[] bytes() {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        return bytes;
    }

    int filled() {
        return filled;
    }

    /** Counts what was read; says whether the answer is whole now. A body in chunks has been joined then. */
    boolean isWhole(int read) throws IOException {
        filled += read;
        int end = headEnd();
        if (end < 0) {
            return false;
        }
        headLength = end;
        int length = announced(end);
        if (length >= 0) {
            bodyFrom = end;
            bodyLength = length;
            return filled >= end + length;
        }
        return joined(end);
    }

    void clear() {
        filled = 0;
    }

    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyLength() {
        return bodyLength;
    }

    String head() {
        return new String(bytes, 0, headLength, StandardCharsets.ISO_8859_1);
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyFrom, bodyFrom + bodyLength);
    }

    private int headEnd() {
        for (int i = 3; i < filled; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The length in the head, or -1 for a body in chunks; no body has length 0. */
    private int announced(int end) {
        boolean isChunked = false;
        for (int line = 0; line < end; line = nextLine(line)) {
            if (starts(line, LENGTH)) {
                return number(line + LENGTH.length);
            }
            isChunked |= starts(line, CHUNKED);
        }
        return isChunked ? -1 : 0;
    }

    private int nextLine(int line) {
        int i = line;
        while (bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private boolean starts(int at, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            int letter = bytes[at + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int from) {
        int number = 0;
        for (int i = from; bytes[i] != '\r'; i++) {
            if (bytes[i] != ' ') {
                number = number * 10 + bytes[i] - '0';
            }
        }
        return number;
    }

    private boolean joined(int end) throws IOException {
        int size = 0;
        for (int at = end; ; ) {
            int line = at;
            int length = 0;
            while (line < filled && bytes[line] != '\r') {
                length = length * 16 + Character.digit(bytes[line++], 16);
            }
            if (length < 0) {
                throw new IOException("a chunk without a length");
            }
            if (line + 2 + length + 2 > filled) {
                return false;
            }
            if (length == 0) {
                bodyFrom = end;
                bodyLength = size;
                join(end);
                return true;
            }
            size += length;
            at = line + 2 + length + 2;
        }
    }

    private void join(int end) {
        int to = end;
        for (int at = end; ; ) {
            int line = at;
            int length = 0;
            while (bytes[line] != '\r') {
                length = length * 16 + Character.digit(bytes[line++], 16);
            }
            if (length == 0) {
                return;
            }
            System.arraycopy(bytes, line + 2, bytes, to, length);
            to += length;
            at = line + 2 + length + 2;
        }
    }
}

package symbolai.mcp.plugins.local.r2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes a small PNG of coloured stripes. */
final class Picture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SIDE = 48;
    private static final byte EIGHT_BITS = 8;
    private static final byte RED_GREEN_BLUE = 2;

    byte[] png() {
        var header = ByteBuffer.allocate(13)
                .putInt(SIDE)
                .putInt(SIDE)
                .put(EIGHT_BITS)
                .put(RED_GREEN_BLUE)
                .put(new byte[3])
                .array();
        var png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        png.writeBytes(chunk("IHDR", header));
        png.writeBytes(chunk("IDAT", compressed(lines())));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    /** Each line begins with a zero: no filter. */
    private static byte[] lines() {
        var lines = ByteBuffer.allocate(SIDE * (1 + 3 * SIDE));
        for (var line = 0; line < SIDE; line++) {
            lines.put((byte) 0);
            for (var column = 0; column < SIDE; column++) {
                var light = (line + column) / 8 % 2 == 0;
                lines.put((byte) (light ? 246 : 40))
                        .put((byte) (light ? 190 : 90))
                        .put((byte) (4 * column));
            }
        }
        return lines.array();
    }

    private static byte[] compressed(byte[] bytes) {
        var deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        var room = new byte[bytes.length + 64];
        var length = deflater.deflate(room);
        deflater.end();
        return java.util.Arrays.copyOf(room, length);
    }

    private static byte[] chunk(String type, byte[] data) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }
}

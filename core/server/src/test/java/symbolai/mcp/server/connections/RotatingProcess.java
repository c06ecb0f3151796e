package symbolai.mcp.server.connections;

import static symbolai.mcp.server.connections.VaultHouse.get;

import java.nio.file.Path;

/** A process that rotates the key of a folder again and again until it is killed. */
public final class RotatingProcess {

    private RotatingProcess() {}

    public static void main(String[] arguments) {
        var house = new VaultHouse(Path.of(arguments[0])).open();
        get(house.rotation.check().compose(right -> house.rotation.resume()));
        while (true) {
            get(house.rotation.rotate());
            System.out.println("rotated");
        }
    }
}

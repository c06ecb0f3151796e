package symbolai.mcp.server.audit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Starts programs of this class path quickly: their classes are shared by way of an archive, which takes jars only. */
record SharedArchive(String classPath, Path file) {

    /** The class path of this process, with what lies in folders packed into jars. */
    static SharedArchive in(Path folder) {
        var jars = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var path = Path.of(entry);
            if (Files.isDirectory(path)) {
                jars.add(packed(path, folder.resolve(jars.size() + ".jar")));
            } else if (Files.exists(path)) {
                jars.add(entry);
            }
        }
        return new SharedArchive(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
    }

    private static String packed(Path classes, Path jar) {
        var tool = ToolProvider.findFirst("jar").orElseThrow();
        int failed = tool.run(
                System.out, System.err, "--create", "-0", "--file", jar.toString(), "-C", classes.toString(), ".");
        if (failed != 0) {
            throw new IllegalStateException("jar ended with " + failed);
        }
        return jar.toString();
    }

    /** Makes the archive of what the program loads until it ends. */
    void record(Class<?> program, String... arguments) throws Exception {
        command("-XX:ArchiveClassesAtExit=" + file, program, arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The program, not yet started; without the archive when there is none. */
    ProcessBuilder program(Class<?> program, String... arguments) {
        return command("-XX:SharedArchiveFile=" + file, program, arguments);
    }

    private ProcessBuilder command(String option, Class<?> program, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xshare:auto", option));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp", classPath));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}

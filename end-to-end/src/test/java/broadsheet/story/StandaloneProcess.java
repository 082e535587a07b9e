package broadsheet.story;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The whole system as a process of its own, so that it can be killed; its data and its log stay in a folder. */
record StandaloneProcess(Process process) implements AutoCloseable {

    /** Below the ports of outgoing connections and of the embedded servers, which come before the site takes its own. */
    static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10_000, 15_000))
                .filter(StandaloneProcess::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static StandaloneProcess start(Path folder, int port, String password) throws IOException {
        return start(folder, port, password, Map.of());
    }

    /** Starts it with its data in the folder, unless the environment says otherwise. */
    static StandaloneProcess start(Path folder, int port, String password, Map<String, String> environment)
            throws IOException {
        // a class path of this length does not fit on every command line
        Path classPath = Files.writeString(
                folder.resolve("class-path"),
                "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + classPath,
                "broadsheet.standalone.Standalone");
        builder.environment()
                .putAll(Map.of(
                        "BROADSHEET_PORT", Integer.toString(port),
                        "BROADSHEET_DATA", folder.resolve("data").toString(),
                        "BROADSHEET_ADMIN_PASSWORD", password));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("standalone.log").toFile()));
        return new StandaloneProcess(builder.start());
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The process " + process.pid() + " does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join(); // it must write no more while its folder is deleted
    }
}

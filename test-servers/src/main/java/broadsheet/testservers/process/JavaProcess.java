package broadsheet.testservers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program of this class path in a JVM of its own; what it prints is appended to a file named after it. */
public final class JavaProcess implements Killable {

    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;

    /** @param jvm such as {@code -Xmx256m} */
    public JavaProcess(
            String name,
            Path folder,
            List<String> jvm,
            String mainClass,
            List<String> arguments,
            Map<String, String> environment) {
        this(name, folder, command(jvm, List.of("@" + classPath(folder), mainClass), arguments), environment);
    }

    private JavaProcess(String name, Path folder, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.command = command;
        this.environment = Map.copyOf(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A jar that has all that it needs. */
    public static JavaProcess ofJar(String name, Path folder, List<String> jvm, Path jar, List<String> arguments) {
        return new JavaProcess(
                name, folder, command(jvm, List.of("-jar", jar.toAbsolutePath().toString()), arguments), Map.of());
    }

    private static List<String> command(List<String> jvm, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program);
        command.addAll(arguments);
        return command;
    }

    /** As a file, since it does not fit on every command line. */
    private static Path classPath(Path folder) {
        try {
            String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
            return Files.writeString(
                    Files.createDirectories(folder).resolve("class-path"), "-cp \"" + classPath + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path log() {
        return folder.resolve(name + ".log");
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void kill() {
        end(running().destroyForcibly());
    }

    @Override
    public void stop() {
        Process running = running();
        running.destroy();
        end(running);
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.destroyForcibly();
            end(process);
        }
    }

    /** As the kernel counts it, in bytes; at most so much was resident since its start. */
    public long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(running().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** What it has used of the processors since its start. */
    public Duration cpu() {
        return running().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private synchronized Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder(
                            "kill", "-" + signal, Long.toString(running().pid()))
                    .inheritIO()
                    .start();
            end(kill);
            if (kill.exitValue() != 0) {
                throw new IllegalStateException("%s cannot be sent %s".formatted(name, signal));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("%s does not end within %d s".formatted(name, PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

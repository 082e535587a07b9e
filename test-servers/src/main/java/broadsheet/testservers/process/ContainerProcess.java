package broadsheet.testservers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A container that keeps its data across starts, by the command {@code docker}; removed when it is closed. */
public final class ContainerProcess implements Killable {

    private final String name;
    private final String container;
    private final List<String> create;
    private final Path log;
    private boolean created;

    /** @param options of {@code docker create}, with the image last */
    public ContainerProcess(String name, Path folder, List<String> options) {
        this.name = name;
        this.container = "broadsheet-" + name + "-" + ProcessHandle.current().pid();
        this.log = folder.resolve(name + ".log");
        this.create = new ArrayList<>(List.of("create", "--name", container));
        create.addAll(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() {
        if (!created) {
            created = true;
            docker(create);
        }
        docker(List.of("start", container));
    }

    @Override
    public boolean isRunning() {
        return docker(List.of("inspect", "--format", "{{.State.Running}}", container))
                .equals("true");
    }

    @Override
    public void kill() {
        docker(List.of("kill", container));
    }

    @Override
    public void stop() {
        docker(List.of("stop", container));
    }

    @Override
    public void pause() {
        docker(List.of("pause", container));
    }

    @Override
    public void resume() {
        docker(List.of("unpause", container));
    }

    @Override
    public synchronized void close() {
        if (created) {
            created = false;
            docker(List.of("rm", "--force", "--volumes", container));
        }
    }

    private String docker(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            Process docker = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(Files.createDirectories(log.getParent())
                            .resolve(log.getFileName())
                            .toFile()))
                    .start();
            String answer = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (docker.waitFor() != 0) {
                throw new IllegalStateException("%s failed; see %s".formatted(command, log));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

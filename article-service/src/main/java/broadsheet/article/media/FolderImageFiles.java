package broadsheet.article.media;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Files in a folder, a folder for each picture; several instances may share it. */
record FolderImageFiles(Path folder) implements ImageFiles {

    private static final int BUFFER_BYTES = 64 << 10;

    @Override
    public Mono<Void> write(String id, String name, byte[] bytes) {
        return blocking(() -> {
            Path target = folderOf(id).resolve(name);
            Files.createDirectories(target.getParent());
            Path written = target.resolveSibling(name + "." + UUID.randomUUID() + ".part");
            try (var channel = FileChannel.open(written, CREATE_NEW, WRITE)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Override
    public Flux<DataBuffer> read(String id, String name, long first, long count) {
        return DataBufferUtils.takeUntilByteCount(
                        DataBufferUtils.readAsynchronousFileChannel(
                                () -> AsynchronousFileChannel.open(folderOf(id).resolve(name), READ),
                                first,
                                DefaultDataBufferFactory.sharedInstance,
                                BUFFER_BYTES),
                        count)
                .onErrorMap(NoSuchFileException.class, e -> new LostFileException(id, name, e))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Void> remove(String id, Collection<String> names) {
        return blocking(() -> {
            for (String name : names) {
                Files.deleteIfExists(folderOf(id).resolve(name));
            }
            try {
                Files.deleteIfExists(folderOf(id));
            } catch (DirectoryNotEmptyException e) {
                // a file that a killed process left; its picture may come again
            }
        });
    }

    /** A file that is cut off stays beside the picture's others, which a later attempt writes again. */
    @Override
    public Mono<Void> removeCutOff(Instant before) {
        return Mono.empty();
    }

    /** No folder gets more than some thousand others. */
    private Path folderOf(String id) {
        return folder.resolve(id.substring(0, 2)).resolve(id);
    }

    private static Mono<Void> blocking(Action action) {
        return Mono.<Void>fromCallable(() -> {
                    action.run();
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}

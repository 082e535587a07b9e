package broadsheet.article.media;

import broadsheet.article.media.imaging.UnusableImageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Files that are being received; they are on disk, since many people may send one at a time, slowly. */
@Component
public class IncomingFiles {

    private static final String ENDING = ".incoming";

    private final Path folder;
    private final DataSize maxBytes;
    private final ImageMetrics metrics;

    IncomingFiles(MediaProperties properties, ImageMetrics metrics) {
        this.folder = properties.incomingFolder();
        this.maxBytes = properties.maxBytes();
        this.metrics = metrics;
    }

    /** An empty file, which whoever asks for it removes; one that is unchanged for an hour may be gone. */
    public Path newFile() throws IOException {
        return Files.createTempFile(Files.createDirectories(folder), "", ENDING);
    }

    /** The whole file, which whoever receives it removes; one that is too large is refused as soon as it is. */
    Mono<Path> receive(Flux<DataBuffer> content) {
        return Mono.fromCallable(() -> Files.createDirectories(folder).resolve(UUID.randomUUID() + ENDING))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(file -> DataBufferUtils.write(limited(content), file, StandardOpenOption.CREATE_NEW)
                        .thenReturn(file)
                        .onErrorResume(e -> remove(file).then(Mono.error(e))));
    }

    private Flux<DataBuffer> limited(Flux<DataBuffer> content) {
        return Flux.defer(() -> {
            var left = new long[] {maxBytes.toBytes()};
            return content.handle((buffer, sink) -> {
                left[0] -= buffer.readableByteCount();
                if (left[0] >= 0) {
                    sink.next(buffer);
                } else {
                    DataBufferUtils.release(buffer);
                    metrics.refused(Reason.TOO_LARGE);
                    sink.error(ImageProblems.tooManyBytes(maxBytes));
                }
            });
        });
    }

    Mono<Void> remove(Path file) {
        return Mono.<Void>fromCallable(() -> {
                    Files.deleteIfExists(file);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** What a process left that was killed while it received. */
    Mono<Void> removeOlderThan(Instant time) {
        return Mono.<Void>fromCallable(() -> {
                    deleteOlderThan(time);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private void deleteOlderThan(Instant time) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(ENDING))::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // nothing was received yet, or another instance was faster
        }
    }
}

package broadsheet.article.imports;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.web.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The files of jobs that have not ended, in pieces in the store, where any instance can go on with them. */
@Component
class ImportUploads {

    private static final String COLLECTION = "import_pieces";
    private static final int PIECE = 512 << 10;

    private final ReactiveMongoTemplate mongo;

    ImportUploads(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Stores a file as it comes; its size. Fails with a 413 beyond the limit. */
    Mono<Long> store(String job, Flux<DataBuffer> file, long maxSize) {
        return Flux.defer(() -> pieces(file, maxSize))
                .index()
                .concatMap(piece -> mongo.save(
                                new Document("_id", id(job, piece.getT1())).append("bytes", new Binary(piece.getT2())),
                                COLLECTION)
                        .thenReturn((long) piece.getT2().length))
                .reduce(0L, Long::sum);
    }

    private static Flux<byte[]> pieces(Flux<DataBuffer> file, long maxSize) {
        var size = new AtomicLong();
        var piece = new ByteArrayOutputStream(PIECE);
        return file.<byte[]>handle((buffer, sink) -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    if (size.addAndGet(bytes.length) > maxSize) {
                        sink.error(tooLarge(maxSize));
                        return;
                    }
                    piece.writeBytes(bytes);
                    if (piece.size() >= PIECE) {
                        sink.next(piece.toByteArray());
                        piece.reset();
                    }
                })
                .concatWith(Mono.fromSupplier(piece::toByteArray).filter(rest -> rest.length > 0));
    }

    static ProblemException tooLarge(long maxSize) {
        return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "A file to import has " + maxSize + " bytes at most");
    }

    /** Copies a file to that place on this machine. */
    Mono<Void> copyTo(Path place, String job) {
        return Flux.using(
                        () -> Files.newOutputStream(place),
                        out -> piece(job, 0)
                                .expand(piece -> piece(job, piece.number + 1))
                                .publishOn(Schedulers.boundedElastic(), 1)
                                .doOnNext(piece -> write(piece.bytes.getData(), out)),
                        ImportUploads::close)
                .then();
    }

    private record Piece(long number, Binary bytes) {}

    private Mono<Piece> piece(String job, long number) {
        return mongo.findById(id(job, number), Document.class, COLLECTION)
                .map(piece -> new Piece(number, piece.get("bytes", Binary.class)));
    }

    Mono<Void> remove(String job) {
        return mongo.remove(query(where("_id").gte(id(job, 0)).lte(id(job, 9_999_999_999L))), COLLECTION)
                .then();
    }

    private static void write(byte[] bytes, OutputStream out) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(String job, long number) {
        return "%s@%010d".formatted(job, number);
    }
}

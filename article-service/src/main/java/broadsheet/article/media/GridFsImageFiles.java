package broadsheet.article.media;

import com.mongodb.MongoGridFSException;
import com.mongodb.client.gridfs.model.GridFSFile;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.gridfs.GridFSBucket;
import com.mongodb.reactivestreams.client.gridfs.GridFSBuckets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files in the store (GridFS), where every instance has them. */
final class GridFsImageFiles implements ImageFiles {

    private static final String BUCKET = "images";

    /** A reader may take a file as slowly as connections allow; the store's own limit is for a call. */
    private static final int TRANSFER_MINUTES = 5;

    private final ReactiveMongoDatabaseFactory databases;
    private final CutOffChunks cutOff = new CutOffChunks(BUCKET);

    GridFsImageFiles(ReactiveMongoDatabaseFactory databases) {
        this.databases = databases;
    }

    @Override
    public Mono<Void> write(String id, String name, byte[] bytes) {
        return bucket().flatMapMany(
                        bucket -> bucket.uploadFromPublisher(path(id, name), Mono.just(ByteBuffer.wrap(bytes))))
                .then()
                .onErrorMap(RuntimeException.class, this::translated);
    }

    @Override
    public Flux<DataBuffer> read(String id, String name, long first, long count) {
        Flux<DataBuffer> file = bucket().flatMapMany(bucket -> bucket.downloadToPublisher(path(id, name)))
                .map(DefaultDataBufferFactory.sharedInstance::wrap)
                .cast(DataBuffer.class)
                .onErrorMap(MongoGridFSException.class, e -> new LostFileException(id, name, e))
                .onErrorMap(RuntimeException.class, this::translated);
        return DataBufferUtils.takeUntilByteCount(DataBufferUtils.skipUntilByteCount(file, first), count);
    }

    @Override
    public Mono<Void> remove(String id, Collection<String> names) {
        var paths = names.stream().map(name -> path(id, name)).toList();
        return bucket().flatMapMany(bucket -> Flux.from(bucket.find(Filters.in("filename", paths)))
                        .map(GridFSFile::getId)
                        .concatMap(bucket::delete))
                .then()
                .onErrorMap(RuntimeException.class, this::translated);
    }

    @Override
    public Mono<Void> removeCutOff(Instant before) {
        return databases
                .getMongoDatabase()
                .flatMap(database -> cutOff.removeOlderThan(before, database))
                .onErrorMap(RuntimeException.class, this::translated);
    }

    private Mono<GridFSBucket> bucket() {
        return databases
                .getMongoDatabase()
                .map(database ->
                        GridFSBuckets.create(database, BUCKET).withTimeout(TRANSFER_MINUTES, TimeUnit.MINUTES));
    }

    /** A store that is away is answered as that, as where Spring's template calls it. */
    private RuntimeException translated(RuntimeException e) {
        RuntimeException translated = databases.getExceptionTranslator().translateExceptionIfPossible(e);
        return translated == null ? e : translated;
    }

    private static String path(String id, String name) {
        return id + "/" + name;
    }
}

package broadsheet.article.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.media.imaging.TestImages;
import broadsheet.article.store.StoreErrorTranslator;
import broadsheet.testservers.MongoServers;
import broadsheet.web.problem.ProblemException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Pictures between their arrival and their removal, on each kind of server. */
class ImagesIntegrationTests {

    private static final byte[] FILE = TestImages.jpeg(700, 60);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path incoming;

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final Set<String> used = new HashSet<>();

    static Stream<Named<String>> servers() {
        return MongoServers.uris("images");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void filesInTheStoreAreReadInParts(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            byte[] bytes = new byte[600_000]; // several chunks
            new Random(3).nextBytes(bytes);
            library.files.write("id", "900.png", bytes).block();
            library.files.write("id", "900.png", bytes).block();
            assertThat(library.read("id", "900.png", 0, bytes.length)).isEqualTo(bytes);
            assertThat(library.read("id", "900.png", 300_000, 250_000))
                    .isEqualTo(Arrays.copyOfRange(bytes, 300_000, 550_000));
            library.files.remove("id", List.of("900.png", "320.png")).block();
            assertThatThrownBy(() -> library.read("id", "900.png", 0, 1)).isInstanceOf(LostFileException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatNothingUsedForAWeekIsRemoved(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            Image image = library.added();
            now = now.plus(WEEK);
            library.sweep();
            assertThat(library.isThere(image)).isTrue();

            now = now.plusMillis(1);
            used.add(image.id());
            library.sweep();
            assertThat(library.isThere(image)).as("while an article shows it").isTrue();

            used.clear();
            now = now.plus(WEEK);
            library.sweep();
            assertThat(library.isThere(image)).as("within a week after that").isTrue();

            now = now.plusMillis(1);
            library.sweep();
            assertThat(library.isThere(image)).isFalse();
            assertThatThrownBy(() -> library.read(image.id(), "320.jpg", 0, 1)).isNotNull();
            assertThat(library.added().id()).as("added again").isEqualTo(image.id());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anArticleThatIsBeingSavedKeepsItsPicture(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            Image image = library.added();
            now = now.plus(WEEK).plusMillis(1);
            assertThat(library.images.use(Set.of(image.id())).block()).isEmpty();
            library.sweep();
            assertThat(library.removal.removeUnused(image, now.minus(WEEK)).block())
                    .as("by who had seen it unused")
                    .isFalse();
            assertThatThrownBy(() -> library.removal.remove(image).block())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.getStatusCode().value()).isEqualTo(409));
            assertThat(library.isThere(image)).isTrue();

            now = now.plus(Duration.ofMinutes(2));
            library.removal.remove(image).block();
            assertThat(library.images.use(Set.of(image.id(), "another")).block())
                    .containsExactlyInAnyOrder(image.id(), "another");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatAKilledProcessBeganIsEnded(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            Image image = library.added();
            library.put(image, Image.State.STORING);
            library.files.remove(image.id(), List.of("320.jpg")).block();
            assertThat(library.isThere(image)).isFalse();
            assertThat(library.added().id()).isEqualTo(image.id());
            assertThat(library.read(image.id(), "320.jpg", 0, 2)).containsExactly(0xff, 0xd8);

            library.put(image, Image.State.STORING);
            now = now.plus(Duration.ofHours(1)).plusMillis(1);
            library.sweep();
            assertThat(library.stored.byId(image.id()).block()).isNull();

            library.added();
            library.put(image, Image.State.REMOVING);
            now = now.plus(Duration.ofMinutes(2));
            assertThat(library.added().id()).as("after who removed it is gone").isEqualTo(image.id());

            library.put(image, Image.State.REMOVING);
            now = now.plus(Duration.ofHours(1)).plusMillis(1);
            library.sweep();
            assertThat(library.stored.byId(image.id()).block()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aPictureThatIsBeingRemovedComesAgainAfterwards(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            Image image = library.added();
            Image removing = library.put(image, Image.State.REMOVING);
            var again = library.add().toFuture();
            library.stored
                    .endRemoval(removing)
                    .delaySubscription(Duration.ofMillis(300))
                    .block();
            assertThat(again.join().isNew()).isTrue();
            assertThat(library.isThere(image)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void filesOfUploadsThatWereCutOffAreRemoved(String uri) throws IOException {
        Path old = Files.createFile(incoming.resolve("old.incoming"));
        Path fresh = Files.createFile(incoming.resolve("fresh.incoming"));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));
        Files.setLastModifiedTime(fresh, FileTime.from(now));
        try (var client = MongoClients.create(uri)) {
            new Library(client).sweep();
        }
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        Files.delete(fresh);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void chunksOfUploadsThatWereCutOffAreRemoved(String uri) {
        try (var client = MongoClients.create(uri)) {
            var library = new Library(client);
            Image image = library.added();
            now = Instant.now(); // as the ids of files tell the time
            ObjectId old = library.chunkWithoutFile(now.minus(Duration.ofHours(2)));
            ObjectId fresh = library.chunkWithoutFile(now.minus(Duration.ofMinutes(30)));
            library.sweep();
            assertThat(library.chunks())
                    .as("the upload may go on")
                    .contains(fresh)
                    .doesNotContain(old);
            now = now.plus(Duration.ofHours(3));
            library.sweep();
            assertThat(library.chunks()).isNotEmpty().doesNotContain(old, fresh);
            assertThat(library.read(image.id(), "320.jpg", 0, 2)).containsExactly(0xff, 0xd8);
        }
    }

    private final class Library {

        final ReactiveMongoTemplate mongo;
        final ImageFiles files;
        final StoredImages stored;
        final ImageRemoval removal;
        final Images images;
        final UnusedImageRemoval unused;

        Library(MongoClient client) {
            var databases = new SimpleReactiveMongoDatabaseFactory(client, "images-" + UUID.randomUUID());
            databases.setExceptionTranslator(new StoreErrorTranslator());
            mongo = new ReactiveMongoTemplate(databases);
            files = new GridFsImageFiles(databases);
            stored = new StoredImages(mongo);
            var properties = new MediaProperties(
                    null,
                    incoming.toString(),
                    DataSize.ofMegabytes(1),
                    1_000_000,
                    List.of(320, 640),
                    1,
                    1,
                    Duration.ofSeconds(20),
                    WEEK);
            var metrics = new ImageMetrics(new SimpleMeterRegistry());
            var files = new IncomingFiles(properties, metrics);
            removal = new ImageRemoval(stored, this.files, new Shown(), () -> now);
            images = new Images(
                    stored, this.files, removal, files, properties, Schedulers.boundedElastic(), metrics, () -> now);
            unused = new UnusedImageRemoval(stored, removal, this.files, files, properties, () -> now);
        }

        Mono<Images.Added> add() {
            return images.add(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(FILE)), "A door", null, "ann");
        }

        Image added() {
            return Objects.requireNonNull(add().block()).image();
        }

        Image put(Image image, Image.State state) {
            mongo.updateFirst(
                            query(where("_id").is(image.id())),
                            new Update().set("state", state).set("changedAt", now),
                            Image.class)
                    .block();
            return Objects.requireNonNull(stored.byId(image.id()).block());
        }

        boolean isThere(Image image) {
            return stored.stored(image.id()).block() != null;
        }

        void sweep() {
            unused.run().block();
        }

        /** As a process leaves it that is killed before it writes the file behind its chunks. */
        ObjectId chunkWithoutFile(Instant begun) {
            var file = new ObjectId((int) begun.getEpochSecond(), 7);
            mongo.insert(
                            new Document("files_id", file).append("n", 0).append("data", new Binary(new byte[9])),
                            "images.chunks")
                    .block();
            return file;
        }

        List<ObjectId> chunks() {
            return Objects.requireNonNull(mongo.findAll(Document.class, "images.chunks")
                    .map(chunk -> chunk.getObjectId("files_id"))
                    .collectList()
                    .block());
        }

        byte[] read(String id, String name, long first, long count) {
            return Objects.requireNonNull(DataBufferUtils.join(files.read(id, name, first, count))
                    .map(buffer -> {
                        byte[] bytes = new byte[buffer.readableByteCount()];
                        buffer.read(bytes);
                        DataBufferUtils.release(buffer);
                        return bytes;
                    })
                    .block());
        }
    }

    private final class Shown implements ImageUse {

        @Override
        public Mono<Boolean> isUsed(String imageId) {
            return Mono.just(used.contains(imageId));
        }

        @Override
        public Mono<String> publicArticle(String imageId) {
            return Mono.empty();
        }
    }
}

package broadsheet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTests {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileThatIsOpenAlreadySaysSo() {
        Path file = folder.resolve("store");
        try (var open = EmbeddedMongo.open(file)) {
            assertThat(open.connectionString("a")).startsWith("mongodb://127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedMongo.open(file))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("The file %s is in use by another process.", file);
        }
    }

    @Test
    void aCollectionThatIsNotThereCanBeDropped() {
        try (var server = EmbeddedMongo.open(folder.resolve("store"));
                MongoClient client = MongoClients.create(server.connectionString("a"))) {
            Document dropped = client.getDatabase("a").runCommand(new Document("drop", "nothing"));

            assertThat(dropped).containsEntry("ok", 1.0);
            assertThat(client.getDatabase("a").listCollectionNames()).isEmpty();
        }
    }

    @Test
    void aCursorOfACollectionThatIsDroppedBetweenBatchesFailsAsMongoDbs() {
        try (var server = EmbeddedMongo.open(folder.resolve("store"));
                MongoClient client = MongoClients.create(server.connectionString("a"))) {
            MongoCollection<Document> things = client.getDatabase("a").getCollection("things");
            things.insertMany(Stream.generate(Document::new).limit(9).toList());
            try (var cursor = things.find().batchSize(2).iterator()) {
                cursor.next();
                things.drop();
                things.insertOne(new Document());

                assertThatThrownBy(() -> cursor.forEachRemaining(thing -> {}))
                        .isInstanceOf(MongoException.class)
                        .extracting("code")
                        .isEqualTo(175);
            }
        }
    }

    @Test
    void aFileThatIsNoStoreSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("store"), "no store ".repeat(5_000));

        assertThatThrownBy(() -> EmbeddedMongo.open(file))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessage("The file %s is damaged or not a store of this server.", file);
    }

    @Test
    void aFolderThatCannotBeMadeSaysSo() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedMongo.open(file.resolve("store")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("kafka")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aBrokersFolderIsItsOwnAlone() {
        Path log = folder.resolve("kafka");
        try (var open = EmbeddedKafka.start(log)) {
            assertThat(open.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(log))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("The folder %s is in use by another process.", log);
        }
    }

    /** In an executable jar the threads of the common pool see the classes of the JDK alone. */
    @Test
    void aBrokerStartsOnAThreadThatSeesNoClassesButTheJdks() throws Exception {
        // classes of its own: what Kafka's look up when they are initialised is looked up in this test
        try (var classes = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Method start = classes.loadClass(EmbeddedKafka.class.getName()).getMethod("start", Path.class);
            FutureTask<Object> starting = new FutureTask<>(() -> start.invoke(null, folder));
            Thread thread = new Thread(starting);
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            thread.start();

            ((AutoCloseable) starting.get()).close();
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void whatIsNoBrokersDataSaysSo() throws Exception {
        Path log = Files.createDirectories(folder.resolve("kafka/log"));
        Files.writeString(log.resolve("meta.properties"), "version=99\n");

        assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("kafka")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("Kafka cannot start on the folder " + folder.resolve("kafka"));
    }

    @Test
    void whatTheServerCannotDoItRefuses() {
        try (var mongo = EmbeddedMongo.open(folder.resolve("store"));
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            UpdateOneModel<Document> update = new UpdateOneModel<>(Filters.eq("_id", 1), Updates.set("n", 1));

            assertThatThrownBy(() -> documents.bulkWrite(List.of(update, update)))
                    .isInstanceOf(MongoCommandException.class)
                    .hasMessageContaining("must be unordered");
            assertThatThrownBy(() -> documents.createIndex(
                            Indexes.ascending("n"),
                            new IndexOptions().unique(true).partialFilterExpression(Filters.exists("n"))))
                    .isInstanceOf(MongoCommandException.class)
                    .hasMessageContaining("cannot be both unique and partial");
        }
    }

    /** Each of these updates writes some 20 KB to a new place: 60 MB without housekeeping. */
    @Test
    void aDocumentThatIsWrittenOverAndOverDoesNotFillTheDisk() throws Exception {
        Path file = folder.resolve("store");
        try (var mongo = EmbeddedMongo.open(file);
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            documents.insertOne(new Document("_id", 1).append("text", "x".repeat(20_000)));
            for (int i = 0; i < 3_000; i++) {
                documents.updateOne(Filters.eq("_id", 1), Updates.set("n", i));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                documents.updateOne(Filters.eq("_id", 1), Updates.inc("n", 1));
                return Files.size(file) < 10_000_000;
            });
        }
    }

    @Test
    void aFileInTheEarlierLayoutKeepsItsDocumentsAndIndexes() {
        Path file = folder.resolve("store");
        try (MVStore store = MVStore.open(file.toString())) {
            putEarlier(store, "collection/d.system.namespaces", "'d.c'", "{name: 'd.c'}");
            putEarlier(
                    store,
                    "collection/d.system.indexes",
                    "UUID('11111111-1111-4111-8111-111111111111')",
                    "{ns: 'd.c', name: '_id_', key: {_id: 1}, v: 2}");
            putEarlier(
                    store,
                    "collection/d.system.indexes",
                    "UUID('22222222-2222-4222-8222-222222222222')",
                    "{ns: 'd.c', name: 'slug_1', key: {slug: 1}, unique: true, v: 2}");
            putEarlier(store, "index/d.c/slug_1", "'an entry as it was'", "{}");
            putEarlier(store, "collection/d.c", "'aa'", "{_id: 'aa', slug: 'one'}");
            putEarlier(store, "collection/d.c", "'b'", "{_id: 'b', slug: 'two'}");
        }

        for (int start = 0; start < 2; start++) {
            try (var mongo = EmbeddedMongo.open(file);
                    MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
                MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
                assertThat(documents.find().map(document -> document.get("_id")))
                        .containsExactly("aa", "b");
                assertThat(documents.find(Filters.eq("slug", "two")).first()).containsEntry("_id", "b");
                assertThatThrownBy(() -> documents.insertOne(new Document("slug", "one")))
                        .isInstanceOf(MongoWriteException.class);
            }
        }
    }

    @Test
    void anIndexThatAKilledProcessHasFilledInPartIsFilledAgain() {
        Path file = folder.resolve("store");
        try (var mongo = EmbeddedMongo.open(file);
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            client.getDatabase("d")
                    .getCollection("c")
                    .insertMany(
                            List.of(new Document("_id", "a").append("n", 1), new Document("_id", "b").append("n", 1)));
        }
        try (MVStore store = MVStore.open(file.toString())) {
            store.openMap("index-builds").put("index-entries/d.c/n_1", true);
            IndexedDatabase.openMap(store, "index-entries/d.c/n_1").put(new byte[] {1}, SortKey.of("a"));
        }

        try (var mongo = EmbeddedMongo.open(file);
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            documents.createIndex(Indexes.ascending("n"));

            assertThat(documents.find(Filters.eq("n", 1)).map(document -> document.get("_id")))
                    .containsExactly("a", "b");
        }
    }

    @Test
    void aUniqueIndexOfWhatIsNotUniqueIsRefusedEachTime() {
        try (var mongo = EmbeddedMongo.open(folder.resolve("store"));
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            documents.insertMany(List.of(new Document("n", 1), new Document("n", 1)));
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> documents.createIndex(Indexes.ascending("n"), new IndexOptions().unique(true)))
                        .isInstanceOf(DuplicateKeyException.class)
                        .hasMessageContaining("duplicate key");
            }
            documents.insertOne(new Document("n", 1));
        }
    }

    private static void putEarlier(MVStore store, String map, String id, String document) {
        store.openMap(
                        map,
                        new MVMap.Builder<byte[], byte[]>()
                                .keyType(ByteArrayDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE))
                .put(bson("{k: " + id + "}"), bson(document));
    }

    private static byte[] bson(String json) {
        var bytes = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(bytes),
                        BsonDocument.parse(json),
                        EncoderContext.builder().build());
        return bytes.toByteArray();
    }
}

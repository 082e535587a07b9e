package broadsheet.benchmarks;

import static com.mongodb.client.model.Filters.eq;

import broadsheet.embedded.EmbeddedMongo;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.Document;

/** Copies one article of a stopped standalone many times, in its store, and writes the ids of the copies to a file. */
final class ManyArticles {

    private static final int ARTICLES_PER_INSERT = 1_000;

    private ManyArticles() {}

    /** Takes the data folder, the id of a published article, how many copies, and the file for their ids. */
    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[0], "broadsheet.mv.db");
        int copies = Integer.parseInt(arguments[2]);
        try (var server = EmbeddedMongo.open(store);
                MongoClient client = MongoClients.create(server.connectionString("broadsheet"));
                var ids = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[3])))) {
            MongoCollection<Document> articles =
                    client.getDatabase("broadsheet").getCollection("articles");
            Document original = Objects.requireNonNull(
                    articles.find(eq("_id", arguments[1])).first(), "no such article");
            for (int from = 0; from < copies; from += ARTICLES_PER_INSERT) {
                List<Document> some = IntStream.range(from, Math.min(copies, from + ARTICLES_PER_INSERT))
                        .mapToObj(number -> copy(original, number))
                        .toList();
                articles.insertMany(some);
                some.forEach(copy -> ids.println(copy.getString("_id")));
            }
        }
    }

    private static Document copy(Document original, int number) {
        return new Document(original)
                .append("_id", "copy-%07d".formatted(number))
                .append("slug", "copy-%07d".formatted(number))
                .append("outbox", List.of());
    }
}

package broadsheet.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoClients;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;

/** Writes to both servers until it is killed, and prints the number of each write that was acknowledged. */
final class AcknowledgingWriter {

    private static final int WRITERS = 4;

    private AcknowledgingWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        int from = Integer.parseInt(arguments[1]);
        EmbeddedMongo mongo = EmbeddedMongo.open(folder.resolve("mongo.store"));
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        Thread[] writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> new Thread(() -> write(mongo, kafka, from + writer)))
                .toArray(Thread[]::new);
        for (Thread writer : writers) {
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static void write(EmbeddedMongo mongo, EmbeddedKafka kafka, int from) {
        PrintStream out = System.out;
        try (var client = MongoClients.create(mongo.connectionString("durability"));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            var documents = client.getDatabase("durability").getCollection("written");
            for (int number = from; ; number += WRITERS) {
                documents.insertOne(new Document("_id", number).append("text", "x".repeat(number % 3_000)));
                out.println("document " + number);
                producer.send(new ProducerRecord<>(
                                DurabilityTests.TOPIC,
                                Integer.toString(number),
                                Integer.toString(number).getBytes(UTF_8)))
                        .get();
                out.println("record " + number);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

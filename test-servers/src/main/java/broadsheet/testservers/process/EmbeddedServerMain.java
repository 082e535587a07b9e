package broadsheet.testservers.process;

import broadsheet.embedded.EmbeddedKafka;
import broadsheet.embedded.EmbeddedMongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Serves one of the embedded servers until its process ends. */
public final class EmbeddedServerMain {

    private EmbeddedServerMain() {}

    /** A Kafka broker of its own, its data in the folder's {@code kafka}. */
    public static JavaProcess kafka(Path folder, List<String> jvm, int port) {
        return process("kafka", folder, jvm, port);
    }

    /** A server like MongoDB of its own, its data in the folder's {@code mongodb}. */
    public static JavaProcess mongo(Path folder, List<String> jvm, int port) {
        return process("mongodb", folder, jvm, port);
    }

    private static JavaProcess process(String kind, Path folder, List<String> jvm, int port) {
        List<String> options = new ArrayList<>(jvm);
        options.add("-Dlogback.configurationFile=broadsheet/testservers/process/warnings.xml");
        return new JavaProcess(
                kind,
                folder,
                options,
                EmbeddedServerMain.class.getName(),
                List.of(kind, folder.resolve(kind).toString(), Integer.toString(port)),
                Map.of());
    }

    /** Takes what to serve, {@code kafka} or {@code mongodb}, the folder of its data, and the port. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        try (AutoCloseable server = arguments[0].equals("kafka")
                ? EmbeddedKafka.start(folder, port)
                : EmbeddedMongo.open(folder.resolve("mongo.store"), port)) {
            System.out.println(server + " serves " + folder);
            new CountDownLatch(1).await();
        }
    }
}

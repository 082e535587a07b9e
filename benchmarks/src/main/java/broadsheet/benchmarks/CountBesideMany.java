package broadsheet.benchmarks;

import com.mongodb.client.MongoClients;
import java.util.List;

/** Whether counting views becomes slower with the number of articles that were counted before. */
final class CountBesideMany {

    private static final List<Integer> COUNTED_BEFORE = List.of(100, 1_000, 10_000, 100_000, 1_000_000);
    private static final int MOST_READ_TODAY = 20_000;

    private CountBesideMany() {}

    /** Takes how many views, of how many articles at most in turn, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int views = Integer.parseInt(arguments[0]);
        int articles = Integer.parseInt(arguments[1]);
        List<String> jvm = List.of(arguments).subList(2, arguments.length);
        for (int before : COUNTED_BEFORE) {
            System.out.printf(
                    "%,d articles before: %,d views a second%n", before, measure(views, articles, before, jvm));
        }
        System.exit(0);
    }

    private static long measure(int views, int articles, int before, List<String> jvm) throws Exception {
        try (StatsServers servers = StatsServers.start(jvm)) {
            try (var store = MongoClients.create(servers.mongoUri());
                    var producer = new ViewProducer(servers.bootstrapServers())) {
                new ManyReadArticles(store.getDatabase("broadsheet"), before)
                        .store(Math.min(before, MOST_READ_TODAY), 1);
                for (int view = 0; view < views; view++) {
                    producer.send(ManyReadArticles.id(view % Math.min(articles, before)));
                }
            }
            servers.stats().start();
            return servers.countedASecond(views);
        }
    }
}

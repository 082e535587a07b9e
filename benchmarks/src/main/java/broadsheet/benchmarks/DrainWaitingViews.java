package broadsheet.benchmarks;

import java.util.List;

/** How fast a stats-service that just started counts views that wait in Kafka, and how much memory it takes. */
final class DrainWaitingViews {

    private DrainWaitingViews() {}

    /** Takes how many views, of how many articles in turn, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int views = Integer.parseInt(arguments[0]);
        int articles = Integer.parseInt(arguments[1]);
        List<String> jvm = List.of(arguments).subList(2, arguments.length);
        try (StatsServers servers = StatsServers.start(jvm)) {
            try (var producer = new ViewProducer(servers.bootstrapServers())) {
                for (int view = 0; view < views; view++) {
                    producer.send("article-%07d".formatted(view % articles));
                }
            }
            long start = System.nanoTime();
            servers.stats().start();
            long rate = servers.countedASecond(views);
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            System.out.printf(
                    "%,d waiting views of %,d articles: %,d a second (start included %d s), %d MiB at most%n",
                    views, articles, rate, seconds, servers.stats().peakMemory() >> 20);
        }
        System.exit(0);
    }
}

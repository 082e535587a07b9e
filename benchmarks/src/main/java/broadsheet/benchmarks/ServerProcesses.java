package broadsheet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the processes of a server use, as Linux counts it. */
record ServerProcesses(List<Path> processes) {

    private static final int TICK_MILLIS = 10; // USER_HZ is 100 everywhere
    private static final int USER_TIME = 11; // of the fields behind the name (proc_pid_stat(5))

    /** Their ids, with commas between. */
    static ServerProcesses of(String ids) {
        return new ServerProcesses(
                Arrays.stream(ids.split(",")).map(id -> Path.of("/proc", id)).toList());
    }

    /** Bytes that are resident; what several share is counted once. */
    long memory() throws IOException {
        long bytes = 0;
        for (Path process : processes) {
            bytes += Files.readAllLines(process.resolve("smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
        return bytes;
    }

    Duration cpu() throws IOException {
        long ticks = 0;
        for (Path process : processes) {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        }
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }
}

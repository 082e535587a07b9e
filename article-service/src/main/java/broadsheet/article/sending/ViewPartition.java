package broadsheet.article.sending;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether a partition of the views takes records now: it has a leader, the last send did not fail, and none waits long. */
final class ViewPartition {

    private static final long LONG = TimeUnit.SECONDS.toNanos(1);

    private final int number;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile long lastAnswer;
    private volatile boolean hasLeader;
    private volatile boolean failed;

    ViewPartition(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    void hasLeader(boolean has) {
        hasLeader = has;
    }

    boolean takesRecords() {
        return !failed && mayTakeOne();
    }

    /** Whether to try with one record, though the last one failed. */
    boolean mayTakeOne() {
        return hasLeader && (unanswered.get() == 0 || System.nanoTime() - lastAnswer < LONG);
    }

    void sending() {
        if (unanswered.getAndIncrement() == 0) {
            lastAnswer = System.nanoTime();
        }
    }

    /** Answers whether this ends a failure. */
    boolean acknowledged() {
        lastAnswer = System.nanoTime();
        unanswered.decrementAndGet();
        boolean recovered = failed;
        failed = false;
        return recovered;
    }

    void failed() {
        failed = true;
        unanswered.decrementAndGet();
    }

    void tryAgain() {
        failed = false;
    }
}

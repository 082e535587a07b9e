package broadsheet.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes concurrent writers share one commit: the first to arrive commits for all whose changes are applied by then, the
 * rest wait for it or for the next.
 */
final class GroupCommit {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final LongSupplier commit;
    private boolean committing;
    private long durable;

    /** @param commit makes every applied change durable and answers with the number of the last one it covers */
    GroupCommit(LongSupplier commit) {
        this.commit = commit;
    }

    /** Returns once the change of that number is durable. */
    void await(long change) {
        lock.lock();
        try {
            while (durable < change) {
                if (committing) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        committing = true;
        lock.unlock();
        long covered = 0;
        try {
            covered = commit.getAsLong();
        } finally {
            lock.lock();
            durable = Math.max(durable, covered);
            committing = false;
            ended.signalAll();
        }
    }
}

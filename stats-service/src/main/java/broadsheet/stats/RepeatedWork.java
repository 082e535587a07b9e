package broadsheet.stats;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;

/** Work that is repeated from the service's start to its stop. */
public abstract class RepeatedWork implements SmartLifecycle {

    private volatile @Nullable Disposable running;

    /** Subscribes to the work, which goes on until it is disposed of. */
    protected abstract Disposable begin();

    @Override
    public final void start() {
        running = begin();
    }

    @Override
    public final void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }
}

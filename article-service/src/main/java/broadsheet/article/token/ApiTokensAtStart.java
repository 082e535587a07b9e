package broadsheet.article.token;

import broadsheet.store.StoreAtStart;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Makes known from the store which API tokens count, before the first request; the topic may have been lost. */
@Component
class ApiTokensAtStart implements SmartLifecycle {

    private final ApiTokens tokens;
    private volatile boolean running;

    ApiTokensAtStart(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /** Before sessions and tokens are told apart, and before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        StoreAtStart.await(tokens.removeEnded().then(tokens.publishAgain()));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

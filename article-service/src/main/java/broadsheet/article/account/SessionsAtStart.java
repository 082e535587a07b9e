package broadsheet.article.account;

import broadsheet.article.session.SessionProperties;
import broadsheet.store.StoreAtStart;
import broadsheet.web.access.StaffSessions;
import java.time.InstantSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes known from the store which sessions ended, before the first request: this service need not wait for the topic.
 * Where tokens from before an end may still be about, the end is published once more, for a topic that was lost.
 */
@Component
class SessionsAtStart implements SmartLifecycle {

    private final EndedSessions ended;
    private final StaffSessions sessions;
    private final SessionProperties properties;
    private final InstantSource clock;
    private volatile boolean running;

    SessionsAtStart(EndedSessions ended, StaffSessions sessions, SessionProperties properties, InstantSource clock) {
        this.ended = ended;
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /** After the signing keys, before the web server. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void start() {
        StoreAtStart.await(ended.publishSince(clock.instant().minus(properties.lifetime())));
        sessions.becomeKnown();
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

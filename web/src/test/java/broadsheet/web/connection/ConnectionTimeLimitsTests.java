package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectionTimeLimitsTests {

    private static final ConnectionProperties LIMITS = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("broadsheet.connections", ConnectionProperties.class);

    /** It is flushed by a later task of the event loop, and the look at the clock may come between the two. */
    @Test
    void anAnswerThatIsWrittenButNotFlushedYetIsNotStalled() {
        var channel = new EmbeddedChannel(new ConnectionTimeLimits(LIMITS));
        channel.freezeTime();
        assertThat(channel.write(Unpooled.copyInt(1)).isDone()).isFalse();

        channel.advanceTimeBy(LIMITS.header().toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }
}

package broadsheet.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service calls its store.
 *
 * @param timeLimit how long a call may take, the wait for a server that is away included; zero for ever
 */
@ConfigurationProperties("broadsheet.store")
record StoreProperties(@DefaultValue("0s") Duration timeLimit) {}

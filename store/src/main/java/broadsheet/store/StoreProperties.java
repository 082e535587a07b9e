package broadsheet.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service calls its store.
 *
 * @param timeLimit how long a call may take where it is limited, the wait for a server that is away included
 */
@ConfigurationProperties("broadsheet.store")
record StoreProperties(@DefaultValue("4s") Duration timeLimit) {}

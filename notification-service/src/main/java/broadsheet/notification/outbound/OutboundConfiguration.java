package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallableAddresses;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    CallableAddresses callableAddresses(OutboundProperties properties) {
        return new CallableAddresses(properties.allow(), CallableAddresses.HTTP_PORTS);
    }

    @Bean
    ReceiverUrlCheck receiverUrlCheck(CallableAddresses callable) {
        return new ReceiverUrlCheck(callable);
    }

    @Bean
    OutboundClient outboundClient(OutboundProperties properties, CallableAddresses callable, InstantSource clock) {
        return new OutboundClient(properties, callable, clock, null);
    }
}

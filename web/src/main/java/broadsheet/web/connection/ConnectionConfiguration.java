package broadsheet.web.connection;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import reactor.netty.NettyPipeline;

/** Bounds on the connections of every service; present because the module is on the class path. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectionProperties.class)
class ConnectionConfiguration {

    @Bean
    NettyServerCustomizer boundedConnections(ConnectionProperties limits, MeterRegistry meters) {
        var open = new OpenConnections(limits, meters);
        return server -> server.maxPipelineDepth(limits.pipelined()).doOnChannelInit((observer, channel, address) -> {
            if (open.admits(channel)) {
                channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "broadsheet.timeLimits", new ConnectionTimeLimits(limits));
            }
        });
    }

    @Bean
    @ConditionalOnBooleanProperty("broadsheet.connections.behind-proxy")
    NettyServerCustomizer proxyHeaders() {
        return server -> server.forwarded(ProxyHeaders::believed);
    }
}

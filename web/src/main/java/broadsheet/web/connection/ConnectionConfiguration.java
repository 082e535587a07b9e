package broadsheet.web.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/** Bounds on the connections of every service; present because the module is on the class path. */
@AutoConfiguration
@EnableConfigurationProperties(ConnectionProperties.class)
class ConnectionConfiguration {

    private static final String MALFORMED_ADDRESS =
            "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"The address is not well-formed (RFC 3986)\"}";

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

    /**
     * Spring refuses an address such as {@code /%zz} before any handler sees the request, without a word. A 400 that the
     * shared cache serves is there as early, and has its headers.
     */
    @Bean
    NettyServerCustomizer malformedAddresses() {
        return server -> server.mapHandle((handled, connection) -> connection instanceof HttpServerResponse response
                        && response.status().equals(HttpResponseStatus.BAD_REQUEST)
                        && !response.responseHeaders().contains(HttpHeaders.CONTENT_TYPE)
                ? response.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                        .sendString(Mono.just(MALFORMED_ADDRESS))
                        .then()
                : handled);
    }

    @Bean
    @ConditionalOnBooleanProperty("broadsheet.connections.behind-proxy")
    NettyServerCustomizer proxyHeaders() {
        return server -> server.forwarded(ProxyHeaders::believed);
    }
}

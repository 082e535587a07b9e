package broadsheet.web.cache;

import broadsheet.web.query.PageQuery;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Puts the shared HTTP cache in front of every service that has the module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(CacheProperties.class)
class CacheConfiguration {

    /** Inside of those that take their requests first, such as streams and reported views. */
    @Bean
    @Order(0)
    SharedHttpCache sharedHttpCache(
            ObjectProvider<RequestMappingHandlerMapping> handlers,
            CacheProperties properties,
            InstantSource clock,
            ObjectProvider<Ticker> ticker,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ServerRequestObservationConvention> convention) {
        var metrics = new CacheMetrics(
                meters.getIfAvailable(SimpleMeterRegistry::new),
                convention.getIfAvailable(DefaultServerRequestObservationConvention::new));
        return new SharedHttpCache(
                () -> PageQuery.of(handlers.stream()),
                properties,
                metrics,
                ticker.getIfAvailable(Ticker::systemTicker),
                clock);
    }

    /** The cache counts the requests of clients; its own to the origin are not counted beside them. */
    @Bean
    ObservationPredicate onlyRequestsOfClients() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext http
                && http.getCarrier() instanceof OriginRequest);
    }
}

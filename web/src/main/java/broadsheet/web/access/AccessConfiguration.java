package broadsheet.web.access;

import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import broadsheet.web.problem.ProblemWriter;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** Staff sessions for every service; present because the module is on the class path. */
@AutoConfiguration(
        before = ReactiveWebSecurityAutoConfiguration.class,
        afterName = "broadsheet.kafka.KafkaReadingConfiguration")
@EnableWebFluxSecurity
class AccessConfiguration {

    /** Requests are observed, not each filter that they pass: that would take longer than the filters. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    StaffSessions staffSessions() {
        return new StaffSessions();
    }

    /** Where Kafka is not on the class path, nothing makes a session known, and none is good. */
    @Bean
    @ConditionalOnBean(WholeTopicReaders.class)
    WholeTopicReader staffSessionsReader(WholeTopicReaders readers, StaffSessions sessions) {
        return readers.of(Topic.STAFF_SESSIONS, new StaffSessionsListener(sessions));
    }

    @Bean
    SessionTokens sessionTokens(StaffSessions sessions, InstantSource clock) {
        return new SessionTokens(sessions, clock);
    }

    @Bean
    StaffAccess staffAccess(
            SessionTokens tokens,
            StaffSessions sessions,
            ProblemWriter problems,
            ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        return new StaffAccess(tokens, new DeniedCalls(new ServedPaths(mappings), sessions, problems));
    }

    /** What no service claims is denied to everyone. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityWebFilterChain unclaimedPathsSecurity(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(http, new AllowedCalls());
    }

    /** A path such as {@code /a%2Fb}, which could mean two things, a control character in the name of a parameter, or a method such as TRACE. */
    @Bean
    ServerExchangeRejectedHandler ambiguousRequests(ProblemWriter problems) {
        return (exchange, rejected) -> problems.write(
                exchange,
                HttpStatus.BAD_REQUEST,
                "The method is not allowed, or the path, a parameter or a header has characters that are not");
    }

    @Bean
    @Order(0) // Spring Security's chain is before
    AnonymousBodyLimit anonymousBodyLimit(ProblemWriter problems) {
        return new AnonymousBodyLimit(problems);
    }
}

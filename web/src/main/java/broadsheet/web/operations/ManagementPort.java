package broadsheet.web.operations;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Marks what arrives on a management port of its own. The mark is an attribute that only the server of that port sets;
 * the port that a request names may be the caller's invention.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPort {

    private static final String MARK = ManagementPort.class.getName();

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter managementPortMark() {
        return (exchange, chain) -> {
            exchange.getAttributes().put(MARK, true);
            return chain.filter(exchange);
        };
    }

    static Mono<MatchResult> isWhereItCame(ServerWebExchange exchange) {
        return exchange.getAttribute(MARK) == null ? MatchResult.notMatch() : MatchResult.match();
    }
}

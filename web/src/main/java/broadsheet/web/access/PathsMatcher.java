package broadsheet.web.access;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** The paths that a security chain is for. Spring Security's own matcher writes a message for each path that it compares. */
public final class PathsMatcher implements ServerWebExchangeMatcher {

    private final List<PathPattern> paths;

    public PathsMatcher(String... paths) {
        this.paths = Arrays.stream(paths)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return paths.stream().anyMatch(pattern -> pattern.matches(path)) ? MatchResult.match() : MatchResult.notMatch();
    }
}

package broadsheet.web;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.StaffAccess;
import broadsheet.web.access.StaffSessions;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** As little of a service as has everything that can go wrong. It has no Kafka: tests tell it which sessions are good. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = KafkaAutoConfiguration.class)
@Import(SmallService.Things.class)
public class SmallService {

    /** How often the store was asked for what is not there. */
    public static final AtomicInteger unknownAsked = new AtomicInteger();

    /** What must never be seen from outside. */
    public static final String INSIDES = "jdbc://insides:secret@db";

    /** What every service else learns from {@code staff.sessions}. */
    @Bean
    InitializingBean knownSessions(StaffSessions sessions) {
        return () -> {
            sessions.apply(StaffTokens.key());
            sessions.becomeKnown();
        };
    }

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http,
                new AllowedCalls()
                        .toAnyone(POST, "/things")
                        .toAnyone(GET, "/things", "/things/{id}", "/refused", "/api/refused", "/stream")
                        .toAnyone(
                                GET,
                                "/away",
                                "/slow",
                                "/broken",
                                "/anyone",
                                "/traceparent",
                                "/quiet",
                                "/download",
                                "/caller",
                                "/shared/{id}",
                                "/counted/{id}",
                                "/unknown/{id}")
                        .toRole("AUTHOR", GET, "/staff/author")
                        .toRole("EDITOR", GET, "/staff/editor")
                        .toRole("OPERATOR", GET, "/staff/operator")
                        .toRole("ADMIN", GET, "/staff/admin")
                        .toRole("AUTHOR", POST, "/staff/author")
                        .toRole("EDITOR", POST, "/staff/editor")
                        .toRole("OPERATOR", POST, "/staff/operator")
                        .toRole("ADMIN", POST, "/staff/admin")
                        .toStaff(POST, "/staff/any")
                        .toSessions(GET, "/staff/session")
                        .toSessions(POST, "/staff/session")
                        .toStaff(GET, "/staff/any"));
    }

    record Thing(
            @NotBlank @Size(max = 8) String name,
            int count,
            List<Part> parts,
            @Nullable LocalTime opens,
            @Nullable Instant since) {}

    record Part(Kind kind, long weight) {
        Part {
            if (weight < 0) {
                throw new IllegalArgumentException("must not be negative");
            }
        }
    }

    enum Kind {
        @JsonProperty("small")
        SMALL,
        BIG
    }

    @RestController
    static class Things {

        @PostMapping(path = "/things", consumes = MediaType.APPLICATION_JSON_VALUE)
        Thing add(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping(path = "/things", produces = MediaType.APPLICATION_JSON_VALUE)
        List<Integer> list(@RequestParam int from, @RequestParam(required = false) @Nullable Kind kind) {
            return List.of(from);
        }

        @GetMapping("/things/{id}")
        Mono<String> one(@PathVariable long id, @RequestHeader("X-Needed") String needed) {
            return Mono.just(id + needed);
        }

        @GetMapping({"/refused", "/api/refused"})
        Mono<String> refused() {
            return Mono.error(new ProblemException(HttpStatus.CONFLICT, "Thing 7 is already there"));
        }

        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> stream() {
            throw new InvalidFieldException("lastEventId", "is not an id of this stream");
        }

        @GetMapping("/away")
        Mono<String> away() {
            return Mono.error(new DataAccessResourceFailureException(INSIDES));
        }

        @GetMapping("/slow")
        Mono<String> slow() {
            return Mono.error(new TimeoutException(INSIDES));
        }

        @GetMapping("/broken")
        Mono<String> broken() {
            return Mono.error(new IllegalStateException(INSIDES));
        }

        @GetMapping("/caller")
        String caller(ServerHttpRequest request) {
            return ClientAddress.of(request) + " " + request.getURI();
        }

        @RequestMapping(
                path = "/staff/{role}",
                method = {RequestMethod.GET, RequestMethod.POST})
        Mono<String> staff(Principal who) {
            return Mono.just(who.getName());
        }

        @GetMapping({"/shared/{id}", "/counted/{id}"})
        Mono<String> shared(@PathVariable String id, ServerWebExchange exchange) {
            SharedResponses.share(exchange, "thing-" + id);
            return Mono.just(id);
        }

        @GetMapping("/unknown/{id}")
        Mono<String> unknown(@PathVariable String id) {
            unknownAsked.incrementAndGet();
            return Mono.error(new ProblemException(HttpStatus.NOT_FOUND, "There is no " + id));
        }

        @GetMapping("/anyone")
        Mono<String> anyone(@Nullable Principal who) {
            return Mono.just(who == null ? "nobody" : who.getName());
        }
    }
}

package broadsheet.testissuer;

import java.util.Map;
import java.util.Objects;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What tests tell the issuer to be like. */
@RestController
@RequestMapping("/test")
class TestController {

    private final People people;
    private final SigningKeys keys;
    private final InMemoryRegisteredClientRepository clients;

    TestController(People people, SigningKeys keys, InMemoryRegisteredClientRepository clients) {
        this.people = people;
        this.keys = keys;
        this.clients = clients;
    }

    @PostMapping("/people/{name}")
    void describe(@PathVariable String name, @RequestBody Map<String, Object> claims) {
        people.put(name, claims);
    }

    @PostMapping("/client-secret/{secret}")
    void changeClientSecret(@PathVariable String secret) {
        RegisteredClient newsroom = Objects.requireNonNull(clients.findById("newsroom"));
        clients.save(
                RegisteredClient.from(newsroom).clientSecret("{noop}" + secret).build());
    }

    @PostMapping("/keys/rotation")
    void rotateKeys() {
        keys.rotate();
    }

    @PostMapping("/keys/forgery")
    void forgeTokens() {
        keys.forge();
    }
}

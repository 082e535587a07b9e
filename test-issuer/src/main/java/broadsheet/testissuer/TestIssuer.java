package broadsheet.testissuer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Authorization Server, which says of people what a test tells it to. */
@SpringBootApplication(proxyBeanMethods = false)
public class TestIssuer {

    /** Takes {@code --server.port} and {@code --redirect-uri}, where its one client gets people back. */
    public static void main(String[] arguments) {
        SpringApplication.run(TestIssuer.class, arguments);
    }
}

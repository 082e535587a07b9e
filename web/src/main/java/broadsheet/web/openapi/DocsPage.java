package broadsheet.web.openapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** The page by which anyone tries the calls (Swagger UI), and its files; no script and no style is in the page itself. */
@RestController
class DocsPage implements WebFluxConfigurer {

    /** For browsers; what it shows comes from the description, which is always asked for. */
    private static final CacheControl KEPT =
            CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

    private static final MediaType TYPE = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final String OURS = "broadsheet/web/openapi/";

    private final byte[] page;

    DocsPage() throws IOException {
        this.page = new ClassPathResource(OURS + "docs.html").getContentAsByteArray();
    }

    @GetMapping("/api/docs")
    ResponseEntity<byte[]> page() {
        return ResponseEntity.ok().contentType(TYPE).cacheControl(KEPT).body(page);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/api/docs/*")
                .addResourceLocations(
                        "classpath:/" + OURS, "classpath:/META-INF/resources/webjars/swagger-ui/" + version() + "/")
                .setCacheControl(KEPT);
    }

    private static String version() {
        try {
            Properties properties =
                    PropertiesLoaderUtils.loadAllProperties("META-INF/maven/org.webjars/swagger-ui/pom.properties");
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

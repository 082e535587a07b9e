package broadsheet.article.view;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the traces of requests go, as Spring Boot has it.
 *
 * @param enabled whether anybody gets them
 */
@ConfigurationProperties("management.tracing.export.otlp")
record TraceExportProperties(@DefaultValue("false") boolean enabled) {}

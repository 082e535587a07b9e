package broadsheet.article;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** EditorialWorkflow and reader API, and the reader's pages. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class ArticleService {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ArticleService.class)
                .properties("spring.config.name=broadsheet,article-service")
                .run(arguments);
    }
}

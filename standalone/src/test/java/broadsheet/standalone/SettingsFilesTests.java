package broadsheet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** The settings of all services lie in one context, where the file that is read last would win. */
class SettingsFilesTests {

    private static final List<String> FILES =
            List.of("broadsheet", "article-service", "stats-service", "notification-service", "standalone");

    private static final Map<String, String> MAY_DIFFER = Map.of(
            "spring.application.name",
            "a process has one name, that of the service or of standalone, which is read last");

    @Test
    void noPropertyIsSetInTwoFiles() throws IOException {
        var files = new TreeMap<String, Set<String>>();
        for (String file : FILES) {
            for (String property : properties(file)) {
                files.computeIfAbsent(property, name -> new TreeSet<>()).add(file);
            }
        }
        files.keySet().removeAll(MAY_DIFFER.keySet());
        assertThat(files)
                .hasSizeGreaterThan(FILES.size())
                .allSatisfy((property, in) -> assertThat(in).as(property).hasSize(1));
    }

    private static Set<String> properties(String file) throws IOException {
        var properties = new TreeSet<String>();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load(file, new ClassPathResource(file + ".yml"))) {
            properties.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
        }
        return properties;
    }
}

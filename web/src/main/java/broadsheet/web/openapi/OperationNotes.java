package broadsheet.web.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The notes on calls in {@code openapi/*.yml} of each service, by method and path such as {@code GET /api/articles}. */
record OperationNotes(Map<String, OperationNote> notes) {

    static OperationNotes read(JsonMapper json) {
        var notes = new HashMap<String, OperationNote>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yml")) {
                try (InputStream in = file.getInputStream()) {
                    Map<String, Object> calls = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
                    calls.forEach((call, note) -> notes.put(call, json.convertValue(note, OperationNote.class)));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new OperationNotes(notes);
    }

    OperationNote on(String call) {
        return notes.getOrDefault(call, OperationNote.NONE);
    }
}

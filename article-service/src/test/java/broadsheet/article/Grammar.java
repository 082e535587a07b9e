package broadsheet.article;

import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.rng.CompactSchemaReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A RELAX NG grammar (compact syntax) among the test's resources, and what in a document does not fit it. */
public final class Grammar {

    private final String resource;

    public Grammar(String resource) {
        this.resource = resource;
    }

    public List<String> errors(byte[] document) {
        var errors = new ArrayList<String>();
        var properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, new Collecting(errors));
        var driver = new ValidationDriver(properties.toPropertyMap(), CompactSchemaReader.getInstance());
        var grammar = Objects.requireNonNull(Grammar.class.getResource("/broadsheet/article/" + resource));
        try {
            if (!driver.loadSchema(new InputSource(grammar.toString()))) {
                throw new IllegalStateException(resource + ": " + errors);
            }
            driver.validate(new InputSource(new ByteArrayInputStream(document)));
            return errors;
        } catch (SAXException | IOException e) {
            throw new IllegalStateException(resource + ": " + errors, e);
        }
    }

    private record Collecting(List<String> errors) implements ErrorHandler {

        @Override
        public void warning(SAXParseException e) {
            errors.add(e.toString());
        }

        @Override
        public void error(SAXParseException e) {
            errors.add(e.toString());
        }

        @Override
        public void fatalError(SAXParseException e) {
            errors.add(e.toString());
        }
    }
}

package broadsheet.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.ArticleService;
import broadsheet.notification.NotificationService;
import broadsheet.stats.StatsService;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.Introspector;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** The services lie in one context, on one port and over one database, so what they name must differ. */
class SharedNamesTests {

    private static final List<Class<?>> SERVICES =
            List.of(ArticleService.class, StatsService.class, NotificationService.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("broadsheet.article", "broadsheet.stats", "broadsheet.notification");

    /** A name, and whose it is. */
    private record Owned(String name, String owner) {}

    @Test
    void noPathPrefixIsServedByTwo() {
        List<Owned> paths = paths();
        assertOneOwnerEach(paths.stream().map(path -> new Owned(prefix(path.name()), path.owner())));
        for (Owned path : paths) {
            var pattern = PathPatternParser.defaultInstance.parse(path.name());
            assertThat(paths)
                    .filteredOn(other -> !other.owner().equals(path.owner()))
                    .noneMatch(other -> pattern.matches(PathContainer.parsePath(other.name())));
        }
    }

    @Test
    void noBeanHasTheNameOfAnother() {
        assertOneOwnerEach(Stream.concat(
                CLASSES.stream()
                        .filter(type -> type.isMetaAnnotatedWith(Component.class) && !type.isAnnotation())
                        .map(type -> new Owned(beanName(type), type.getFullName())),
                CLASSES.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Bean.class))
                        .map(method -> new Owned(method.getName(), method.getFullName()))));
    }

    @Test
    void noCollectionIsWrittenByTwo() {
        assertOneOwnerEach(Stream.of(documents(), constants()).flatMap(names -> names));
    }

    private static void assertOneOwnerEach(Stream<Owned> names) {
        Map<String, Set<String>> owners = names.collect(groupingBy(Owned::name, mapping(Owned::owner, toSet())));
        assertThat(owners).hasSizeGreaterThan(SERVICES.size());
        assertThat(owners).allSatisfy((name, who) -> assertThat(who).as(name).hasSize(1));
    }

    private static List<Owned> paths() {
        return CLASSES.stream()
                .filter(type -> type.isMetaAnnotatedWith(Controller.class))
                .map(JavaClass::reflect)
                .flatMap(type -> mapped(type)
                        .flatMap(above -> Arrays.stream(type.getDeclaredMethods())
                                .flatMap(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)
                                        ? mapped(method)
                                        : Stream.empty())
                                .map(below -> new Owned(above + below, service(type)))))
                .toList();
    }

    private static Stream<String> mapped(AnnotatedElement element) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        return mapping == null || mapping.path().length == 0 ? Stream.of("") : Arrays.stream(mapping.path());
    }

    /** Such as {@code /api/articles} or {@code /news}: what tells an edge where to send a request. */
    private static String prefix(String path) {
        return Arrays.stream(path.split("/", -1))
                .skip(1)
                .limit(path.startsWith("/api/") ? 2 : 1)
                .reduce("", (above, part) -> above + "/" + part);
    }

    private static String beanName(JavaClass type) {
        return SERVICES.stream()
                        .filter(main -> type.getPackageName().startsWith(main.getPackageName()))
                        .map(main ->
                                main.getAnnotation(SpringBootApplication.class).nameGenerator())
                        .anyMatch(FullyQualifiedAnnotationBeanNameGenerator.class::equals)
                ? type.getFullName()
                : Introspector.decapitalize(type.getSimpleName());
    }

    private static Stream<Owned> documents() {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Document.class))
                .map(type -> new Owned(type.getAnnotationOfType(Document.class).value(), service(type.reflect())));
    }

    private static Stream<Owned> constants() {
        return CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getName().equals("COLLECTION"))
                .map(JavaField::reflect)
                .map(field -> new Owned(text(field), service(field.getDeclaringClass())));
    }

    private static String text(Field constant) {
        try {
            constant.setAccessible(true);
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String service(Class<?> type) {
        return SERVICES.stream()
                .filter(main -> type.getPackageName().startsWith(main.getPackageName()))
                .map(Class::getSimpleName)
                .findFirst()
                .orElseThrow();
    }
}

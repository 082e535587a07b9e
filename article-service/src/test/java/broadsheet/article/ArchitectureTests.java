package broadsheet.article;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "broadsheet.article", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule servicesShareEventsAndNothingElse = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("broadsheet.stats..", "broadsheet.notification..");

    @ArchTest
    static final ArchRule featuresDoNotDependOnEachOtherInCircles =
            slices().matching("broadsheet.article.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theWorkflowKnowsNeitherStoreNorHttp = noClasses()
            .that()
            .resideInAPackage("broadsheet.article.workflow")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "broadsheet.article.editing..",
                    "broadsheet.article.reading..",
                    "broadsheet.article.store..",
                    "org.springframework.web..",
                    "com.mongodb..",
                    "reactor..");

    @ArchTest
    static final ArchRule contentKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("..content..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "com.mongodb..", "reactor..");

    @ArchTest
    static final ArchRule nullIsMarkedEverywhere = classes().should(new ArchCondition<>("be in a @NullMarked package") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(
                        SimpleConditionEvent.violated(type, type.getName() + " is in a package without @NullMarked"));
            }
        }
    });
}

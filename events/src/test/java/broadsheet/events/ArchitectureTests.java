package broadsheet.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "broadsheet.events", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule theContractKnowsNoFrameworkAndNoStore = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "broadsheet.events",
                    "java..",
                    "org.jspecify..",
                    "org.apache.kafka..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation",
                    "com.github.f4b6a3.uuid..");
}

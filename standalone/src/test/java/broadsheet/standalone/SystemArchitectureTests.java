package broadsheet.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The walls of the whole system. */
@AnalyzeClasses(packages = "broadsheet", importOptions = ImportOption.DoNotIncludeTests.class)
class SystemArchitectureTests {

    @ArchTest
    static final ArchRule articleServiceKnowsNoOtherService = knowsOnlyWhatIsShared("broadsheet.article..");

    @ArchTest
    static final ArchRule statsServiceKnowsNoOtherService = knowsOnlyWhatIsShared("broadsheet.stats..");

    @ArchTest
    static final ArchRule notificationServiceKnowsNoOtherService = knowsOnlyWhatIsShared("broadsheet.notification..");

    @ArchTest
    static final ArchRule whatIsSharedKnowsNothingOfUs = classes()
            .that()
            .resideInAnyPackage(
                    "broadsheet.events..", "broadsheet.store..", "broadsheet.web..", "broadsheet.embedded..")
            .should(ArchCondition.from(describe(
                    "depend on nothing else of ours, but web on the contract and on reading a topic",
                    type -> type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                            .filter(target -> target.getPackageName().startsWith("broadsheet."))
                            .allMatch(target -> mayKnow(module(type), module(target))))));

    @ArchTest
    static final ArchRule theContractKnowsNoFrameworkAndNoStore = noClasses()
            .that()
            .resideInAPackage("broadsheet.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "com.mongodb..", "org.bson..", "reactor..");

    @ArchTest
    static final ArchRule packagesDoNotDependOnEachOtherInCircles =
            slices().matching("broadsheet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsNullUnlessItSaysSo = classes()
            .should(ArchCondition.from(describe(
                    "be in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    private static boolean mayKnow(String module, String other) {
        return other.equals(module)
                || (module.equals("broadsheet.web")
                        && Set.of("broadsheet.events", "broadsheet.kafka").contains(other));
    }

    /** Such as {@code broadsheet.web}. */
    private static String module(JavaClass type) {
        return Arrays.stream(type.getPackageName().split("\\.", -1)).limit(2).collect(joining("."));
    }

    private static ArchRule knowsOnlyWhatIsShared(String service) {
        return classes()
                .that()
                .resideInAPackage(service)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("broadsheet..")
                        .or(resideInAnyPackage(
                                service,
                                "broadsheet.events..",
                                "broadsheet.kafka..",
                                "broadsheet.store..",
                                "broadsheet.useragents..",
                                "broadsheet.web..")));
    }
}

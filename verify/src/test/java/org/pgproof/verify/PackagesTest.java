package org.pgproof.verify;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/** The order of the packages, as docs/architecture.md draws it: each knows only those named before it. */
@AnalyzeClasses(packages = "org.pgproof", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    private static final String ROOT = "org.pgproof.";

    private static final List<String> COMMON = List.of(
            "settings",
            "postgres",
            "store",
            "store.s3",
            "dump.sql",
            "dump",
            "archive.deflate",
            "archive",
            "definition",
            "manifest.contents",
            "manifest",
            "receipt",
            "service");

    private static final List<String> BACKUP = List.of("backup.retention", "backup.source", "backup");

    private static final List<String> VERIFY =
            List.of("verify.server", "verify.restore", "verify.comparison", "verify.queries", "verify");

    @ArchTest
    static final ArchRule everyPackageHasItsPlace =
            classes().that(resideInAPackage("org.pgproof..").and(notTestkit())).should(beIn(COMMON, BACKUP, VERIFY));

    @ArchTest
    static final ArchRule commonAndBackupKnowOnlyWhatComesBefore = classes()
            .that(resideInAPackage("org.pgproof..").and(notTestkit()))
            .should(knowOnlyEarlierOf(COMMON, BACKUP));

    @ArchTest
    static final ArchRule verifyKnowsOnlyWhatComesBefore = classes()
            .that(resideInAPackage("org.pgproof..").and(notTestkit()))
            .should(knowOnlyEarlierOf(COMMON, VERIFY));

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.pgproof.(**)").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> notTestkit() {
        return DescribedPredicate.not(resideInAPackage("org.pgproof.testkit.."));
    }

    private static String name(JavaClass type) {
        return type.getPackageName().startsWith(ROOT) ? type.getPackageName().substring(ROOT.length()) : "";
    }

    @SafeVarargs
    private static ArchCondition<JavaClass> beIn(List<String>... all) {
        return new ArchCondition<>("have a place in the order of packages") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean known = List.of(all).stream().anyMatch(names -> names.contains(name(type)));
                events.add(new SimpleConditionEvent(type, known, type.getName() + " is in a package without a place"));
            }
        };
    }

    /** Holds for the packages of {@code last}, and of {@code first} before them; nothing else may be known to them. */
    private static ArchCondition<JavaClass> knowOnlyEarlierOf(List<String> first, List<String> last) {
        List<String> order = Stream.of(first, last).flatMap(List::stream).toList();
        return new ArchCondition<>("know only " + order + " before them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int place = order.indexOf(name(type));
                if (place < 0) {
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(each -> each.getTargetClass().getPackageName().startsWith(ROOT))
                        .forEach(each -> {
                            int target = order.indexOf(name(each.getTargetClass()));
                            events.add(new SimpleConditionEvent(
                                    type, target >= 0 && target <= place, each.getDescription()));
                        });
            }
        };
    }
}

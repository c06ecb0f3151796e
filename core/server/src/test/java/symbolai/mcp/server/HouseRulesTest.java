package symbolai.mcp.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The rooms of the house and who may enter which, as design.md draws them. */
@AnalyzeClasses(packages = "symbolai.mcp", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String SERVER = "symbolai.mcp.server.";

    @ArchTest
    static final ArchRule noCirclesBetweenRooms =
            slices().matching("symbolai.mcp.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule apiKnowsNobody = classes()
            .that()
            .resideInAPackage("symbolai.mcp.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "symbolai.mcp.api..", "java..", "io.vertx.core..", "org.pf4j..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule vertxWebOnlyInHttp = noClasses()
            .that(resideOutsideOfPackages(SERVER + "http..", SERVER + "rest.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.ext.web..");

    @ArchTest
    static final ArchRule pf4jOnlyInPlugins = noClasses()
            .that(resideOutsideOfPackages(SERVER + "plugins..", "symbolai.mcp.api.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule jdbcOnlyInStore = noClasses()
            .that(resideOutsideOfPackages(SERVER + "store.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule nimbusOnlyWhereOauthAndOpenIdAreSpoken = noClasses()
            .that(resideOutsideOfPackages(
                    SERVER + "identity.oauth..", SERVER + "identity.oidc..", SERVER + "http.oauth.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule commandLineOnlyInCli = noClasses()
            .that(resideOutsideOfPackages(SERVER + "cli.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheRootAndTheCommandLineKnowHttp = onlyKnownBy("http", "cli");

    @ArchTest
    static final ArchRule onlyTheDoorsKnowMcp = onlyKnownBy("mcp", "http", "cli");

    @ArchTest
    static final ArchRule onlyThoseAboveKnowTools = onlyKnownBy("tools", "mcp", "rest", "http", "plugins", "cli");

    @ArchTest
    static final ArchRule onlyThoseAboveKnowConnections =
            onlyKnownBy("connections", "tools", "plugins", "http", "rest", "cli");

    @ArchTest
    static final ArchRule onlyToolsAndRestKnowPolicy = onlyKnownBy("policy", "tools", "rest");

    @ArchTest
    static final ArchRule theGroundFloorsKnowNobodyAbove = noClasses()
            .that(resideInAPackage(SERVER + "config..")
                    .or(resideInAPackage(SERVER + "crypto.."))
                    .or(resideInAPackage(SERVER + "jsonrpc..")))
            .should()
            .dependOnClassesThat(resideInAPackage("symbolai.mcp.server..")
                    .and(resideOutsideOfPackages(SERVER + "config..", SERVER + "crypto..", SERVER + "jsonrpc..")));

    @ArchTest
    static final ArchRule storeKnowsOnlyTheGroundFloors = noClasses()
            .that()
            .resideInAPackage(SERVER + "store..")
            .should()
            .dependOnClassesThat(resideInAPackage("symbolai.mcp.server..")
                    .and(resideOutsideOfPackages(SERVER + "store..", SERVER + "config..", SERVER + "crypto..")));

    @ArchTest
    static final ArchRule nothingStaticIsMutable = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("symbolai.mcp..")
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule noClassOfOursIsAbstract =
            noClasses().that().areNotInterfaces().and().areNotEnums().should().haveModifier(JavaModifier.ABSTRACT);

    @ArchTest
    static final ArchRule roomsAreNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .and()
            .resideInAPackage("symbolai.mcp..")
            .should()
            .beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule loggingIsSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule nobodyIsCalledHelper = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Constants");

    private static ArchRule onlyKnownBy(String room, String... others) {
        var allowed = new String[others.length + 2];
        allowed[0] = SERVER + room + "..";
        allowed[1] = "symbolai.mcp.server";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 2] = SERVER + others[i] + "..";
        }
        return noClasses()
                .that(resideInAPackage("symbolai.mcp.server..").and(resideOutsideOfPackages(allowed)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + room + "..");
    }
}

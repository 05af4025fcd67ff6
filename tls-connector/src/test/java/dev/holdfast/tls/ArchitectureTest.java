package dev.holdfast.tls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each container's part knows its container; the engine knows none. */
@AnalyzeClasses(packages = "dev.holdfast.tls", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("verify")
class ArchitectureTest {
  private static final String TLS = "dev.holdfast.tls";
  private static final String SETTINGS = "dev.holdfast.configuration";
  private static final String KEY_PARAMETERS = "dev.holdfast.tokenbinding";

  private static ArchRule mayImport(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(room, "java..", "javax.net.ssl", "org.jspecify.annotations")
                .or(resideInAnyPackage(others))
                .or(describe("primitives", type -> type.getBaseComponentType().isPrimitive())));
  }

  private static ArchRule container(String name, String... its) {
    String[] all = java.util.Arrays.copyOf(its, its.length + 7);
    all[its.length] = TLS;
    all[its.length + 1] = SETTINGS;
    all[its.length + 2] = "dev.holdfast";
    all[its.length + 3] = "dev.holdfast.servlet";
    all[its.length + 4] = "jakarta.servlet..";
    all[its.length + 5] = TLS + ".engine";
    all[its.length + 6] = KEY_PARAMETERS;
    return mayImport(TLS + "." + name, all);
  }

  @ArchTest
  static final ArchRule THE_WAY_IN_KNOWS_NO_CONTAINER =
      mayImport(TLS, SETTINGS, TLS + ".engine", "dev.holdfast");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_BOUNCY_CASTLE =
      mayImport(
          TLS + ".engine",
          KEY_PARAMETERS,
          "dev.holdfast",
          "org.bouncycastle..",
          "javax.crypto..",
          "javax.security.auth.x500");

  @ArchTest
  static final ArchRule TOMCAT_KNOWS_TOMCAT =
      container("tomcat", "org.apache.tomcat..", "org.apache.catalina.connector");

  @ArchTest static final ArchRule JETTY_KNOWS_JETTY = container("jetty", "org.eclipse.jetty..");

  @ArchTest static final ArchRule UNDERTOW_KNOWS_UNDERTOW = container("undertow", "io.undertow..");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.holdfast.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager))");
}

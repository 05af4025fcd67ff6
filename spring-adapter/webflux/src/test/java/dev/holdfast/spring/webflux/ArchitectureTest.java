package dev.holdfast.spring.webflux;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** What the reactive edge may know, and what of it others may. */
@AnalyzeClasses(
    packages = "dev.holdfast.spring.webflux",
    importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("verify")
class ArchitectureTest {

  /** No servlets, no Boot, and none of the mechanisms but the header of certificates. */
  @ArchTest
  static final ArchRule IT_KNOWS_THE_KERNEL_ITS_CONFIGURATION_AND_SPRING =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "javax.net.ssl",
                      "org.jspecify.annotations",
                      "org.springframework.aop..",
                      "org.springframework.beans..",
                      "org.springframework.context..",
                      "org.springframework.core..",
                      "org.springframework.http..",
                      "org.springframework.security..",
                      "org.springframework.util..",
                      "org.springframework.web.reactive", // the last look before a handler
                      "org.springframework.web.server..",
                      "reactor..",
                      "io.netty.channel",
                      "io.netty.handler.codec.http",
                      "io.netty.handler.ssl",
                      "com.github.benmanes.caffeine.cache",
                      "dev.holdfast",
                      "dev.holdfast.cache", // what Assembly.tokens() is
                      "dev.holdfast.configuration..",
                      "dev.holdfast.events..",
                      "dev.holdfast.http..",
                      "dev.holdfast.internal..",
                      "dev.holdfast.mtls.header",
                      "dev.holdfast.spring.webflux..")
                  .or(describe("primitives", type -> type.getBaseComponentType().isPrimitive())));

  @ArchTest
  static final ArchRule ONLY_THE_EVIDENCE_KNOWS_NETTY =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.holdfast.spring.webflux.evidence")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "reactor.netty..");

  @ArchTest
  static final ArchRule OF_THE_EDGE_ITSELF_ONLY_WHAT_APPLICATIONS_NAME_IS_PUBLIC =
      classes()
          .that()
          .resideInAPackage("dev.holdfast.spring.webflux")
          .and(
              describe(
                  "are not what applications name",
                  type ->
                      !type.getSimpleName().equals("HoldfastWebFluxConfiguration")
                          && !type.getSimpleName().equals("ReactiveEnforcement")
                          && !type.getSimpleName().equals("ChainsOfOthers")
                          && !type.getSimpleName().equals("TakesNoAccessTokens")
                          && !type.getSimpleName().equals("HoldfastIssuers")
                          && !type.getSimpleName().equals("HoldfastAttributes")
                          && !type.getSimpleName().equals("package-info")))
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule ROOMS_FORM_NO_CIRCLE =
      slices().matching("dev.holdfast.spring.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FILES_FORM_NO_CIRCLE =
      slices().assignedFrom(new ByFile()).should().beFreeOfCycles();

  private static final class ByFile implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getName().replaceFirst("[$].*", ""));
    }

    @Override
    public String getDescription() {
      return "files";
    }
  }

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager))");
}

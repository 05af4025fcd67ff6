package dev.holdfast.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** What the Spring edge may know, and what of it others may. */
@AnalyzeClasses(
    packages = "dev.holdfast.spring",
    importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("verify")
class ArchitectureTest {

  @ArchTest
  static final ArchRule IT_KNOWS_THE_KERNEL_ITS_CONFIGURATION_AND_SPRING =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "javax.net.ssl",
                      "org.jspecify.annotations",
                      "jakarta.servlet..",
                      "org.springframework..",
                      "org.apache.commons.logging", // Spring's own
                      "org.aopalliance.intercept", // likewise
                      "io.micrometer.core.instrument..",
                      "com.github.benmanes.caffeine.cache",
                      "dev.holdfast",
                      "dev.holdfast.cache", // see below
                      "dev.holdfast.dpop..", // see below
                      "dev.holdfast.events..",
                      "dev.holdfast.http..",
                      "dev.holdfast.tokenbinding..", // see below
                      "dev.holdfast.cookie",
                      "dev.holdfast.servlet.cookie",
                      "dev.holdfast.configuration..",
                      "dev.holdfast.redis.address",
                      "dev.holdfast.policy",
                      "dev.holdfast.servlet",
                      "dev.holdfast.servlet.evidence",
                      "dev.holdfast.servlet.exporter",
                      "dev.holdfast.servlet.registration",
                      "org.apache.hc.client5.http.impl.classic", // a gateway's client, see below
                      "org.apache.hc.client5.http.impl.io", // likewise
                      "dev.holdfast.tls..", // the hooks, see HoldfastTokenBindingAutoConfiguration
                      "dev.holdfast.internal..",
                      "dev.holdfast.spring..")
                  .or(describe("primitives", type -> type.getBaseComponentType().isPrimitive())));

  @ArchTest
  static final ArchRule ONLY_METERS_KNOW_MICROMETER =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("Meter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule THE_HTTP_CLIENT_IS_KNOWN_FOR_GATEWAYS_ALONE =
      noClasses()
          .that()
          .haveNameNotMatching(".*[.]HoldfastClientsAutoConfiguration.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..");

  @ArchTest
  static final ArchRule THE_CACHE_IS_KNOWN_BY_ITS_METERS_ALONE =
      noClasses()
          .that()
          .doNotHaveSimpleName("CacheMeters")
          .and()
          .doNotHaveSimpleName("IssuerConfiguration") // hands Assembly.tokens() on
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.holdfast.cache");

  @ArchTest
  static final ArchRule DPOP_IS_KNOWN_BY_ITS_METERS_ALONE =
      noClasses()
          .that()
          .doNotHaveSimpleName("ReplayGuardMeters")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.holdfast.dpop..");

  @ArchTest
  static final ArchRule TOKEN_BINDING_IS_KNOWN_WHERE_ID_TOKENS_ARE_VALIDATED =
      noClasses()
          .that()
          .doNotHaveSimpleName("TokenBoundIdTokenValidator")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.holdfast.tokenbinding..");

  @ArchTest
  static final ArchRule AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL =
      classes()
          .that()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .bePublic()
          .andShould()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_METHODS =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(AutoConfiguration.class)
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule OF_THE_EDGE_ITSELF_ONLY_WHAT_APPLICATIONS_NAME_IS_PUBLIC =
      classes()
          .that()
          .resideInAPackage("dev.holdfast.spring")
          .and()
          .areNotNestedClasses()
          .and()
          .doNotHaveSimpleName("HoldfastConfigurer")
          .and()
          .doNotHaveSimpleName("TokenBoundIdTokenValidator")
          .and()
          .doNotHaveSimpleName("RefusedTokenDetails") // what listeners read
          .and(describe("serve no other room", type -> !servesAnotherRoom(type)))
          .and()
          .doNotHaveSimpleName("SpringIssuerClient") // what a bean is made with
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .notBePublic();

  private static boolean servesAnotherRoom(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
  }

  @ArchTest
  static final ArchRule ROOMS_FORM_NO_CIRCLE =
      slices().matching("dev.holdfast.(**)").should().beFreeOfCycles();

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
          .that()
          // the word is Spring Security's: it holds the AuthenticationManager of the issuers
          .doNotHaveSimpleName("IssuersAuthenticationManager")
          .should()
          .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager))");
}

package dev.holdfast;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Pattern;

/** The house's rooms and doors. A room that is not built yet has no rule to break. */
@AnalyzeClasses(packages = "dev.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("verify")
class ArchitectureTest {
  private static final String KERNEL = "dev.holdfast";
  private static final String INTERNAL = "dev.holdfast.internal";
  private static final String JSON = "dev.holdfast.internal.json";
  private static final String ISSUER = "dev.holdfast.internal.issuer..";
  private static final String WAITING = "dev.holdfast.internal.waiting";
  private static final String JOSE = "dev.holdfast.internal.jose";
  private static final String PRIVATE_KEYS = "dev.holdfast.internal.jose.privatekey";
  private static final String FILES = "dev.holdfast.internal.files";
  private static final String NET = "dev.holdfast.internal.net";
  private static final String POLICY = "dev.holdfast.policy";
  private static final String HTTP = "dev.holdfast.http..";
  private static final String MTLS = "dev.holdfast.mtls..";
  private static final String JWT = "dev.holdfast.jwt..";
  private static final String INTROSPECTION = "dev.holdfast.introspection..";
  private static final String CACHE = "dev.holdfast.cache..";
  private static final String TOKEN_BINDING = "dev.holdfast.tokenbinding..";
  private static final String DPOP = "dev.holdfast.dpop..";
  private static final String EVENTS = "dev.holdfast.events..";
  private static final String COOKIE = "dev.holdfast.cookie..";
  private static final String REDIS = "dev.holdfast.redis..";
  private static final String CONFIGURATION = "dev.holdfast.configuration..";
  private static final String SERVLET = "dev.holdfast.servlet..";

  /** What an application sees of a servlet request: for the tests of both edges. */
  private static final String SEEN_REQUEST =
      "dev\\.holdfast\\.testing\\.contract\\.SeenRequest(\\$.*)?";

  private static final String[] SLICES = {
    MTLS, JWT, INTROSPECTION, CACHE, TOKEN_BINDING, DPOP, COOKIE, REDIS, EVENTS
  };

  /** The language, and what a null-marked build may annotate with. */
  private static final String[] ALWAYS = {"java..", "org.jspecify.annotations"};

  private static final String[] TLS = {"javax.net.ssl", "javax.security.auth.x500"};
  private static final String NIMBUS = "com.nimbusds..";
  private static final String CAFFEINE = "com.github.benmanes.caffeine..";
  private static final String LETTUCE = "io.lettuce..";
  private static final String JACKSON = "tools.jackson..";
  private static final String SLF4J = "org.slf4j..";
  private static final String HTTPCLIENT = "org.apache.hc..";

  private static ArchRule mayImport(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage(room)
                .or(resideInAnyPackage(ALWAYS))
                .or(resideInAnyPackage(others))
                .or(isPrimitiveOrArrayOfThese()))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> isPrimitiveOrArrayOfThese() {
    return DescribedPredicate.describe(
        "primitives", javaClass -> javaClass.getBaseComponentType().isPrimitive());
  }

  private static String[] and(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @ArchTest static final ArchRule KERNEL_KNOWS_THE_LANGUAGE_ONLY = mayImport(KERNEL, INTERNAL);

  @ArchTest
  static final ArchRule INTERNAL_KNOWS_THE_LANGUAGE_AND_SLF4J = mayImport(INTERNAL, SLF4J);

  @ArchTest
  static final ArchRule SLF4J_STAYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackages(INTERNAL, "dev.holdfast.testing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SLF4J);

  /** In a WAR, the JDK's loggers are those of the container (C50). */
  @ArchTest
  static final ArchRule LINES_GO_TO_THE_APPLICATION_S_LOG_C50 =
      noClasses()
          .that()
          .resideOutsideOfPackages(INTERNAL, "dev.holdfast.testing..")
          .should()
          .callMethod(System.class, "getLogger", String.class);

  @ArchTest static final ArchRule NET_KNOWS_THE_LANGUAGE_ONLY = mayImport(NET);

  /** The floor that every edge stands on: no mechanism, no framework, no setting. */
  @ArchTest
  static final ArchRule HTTP_KNOWS_THE_KERNEL_AND_CAFFEINE =
      mayImport(HTTP, KERNEL, INTERNAL, NET, CAFFEINE);

  @ArchTest static final ArchRule POLICY_KNOWS_THE_KERNEL = mayImport(POLICY, KERNEL, INTERNAL);

  @ArchTest
  static final ArchRule JOSE_KNOWS_JSON_AND_NIMBUS = mayImport(JOSE, INTERNAL, JSON, NIMBUS);

  @ArchTest
  static final ArchRule PRIVATE_KEYS_KNOW_JOSE_AND_NIMBUS =
      mayImport(PRIVATE_KEYS, INTERNAL, JSON, JOSE, NIMBUS);

  @ArchTest static final ArchRule FILES_KNOW_WAITING = mayImport(FILES, INTERNAL, WAITING);

  @ArchTest
  static final ArchRule NIMBUS_STAYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackages(JOSE, PRIVATE_KEYS, "dev.holdfast.testing..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(NIMBUS);

  @ArchTest static final ArchRule JSON_KNOWS_JACKSON = mayImport(JSON, JACKSON);

  @ArchTest
  static final ArchRule ISSUER_KNOWS_THE_KERNEL_AND_HTTPCLIENT =
      mayImport(ISSUER, and(TLS, KERNEL, WAITING, NET, HTTPCLIENT));

  @ArchTest static final ArchRule WAITING_KNOWS_THE_KERNEL_ONLY = mayImport(WAITING, KERNEL);

  @ArchTest
  static final ArchRule MTLS_KNOWS_THE_KERNEL_AND_CAFFEINE =
      mayImport(MTLS, and(TLS, KERNEL, INTERNAL, CAFFEINE));

  @ArchTest
  static final ArchRule JWT_KNOWS_THE_KERNEL = mayImport(JWT, and(TLS, KERNEL, INTERNAL + ".."));

  @ArchTest
  static final ArchRule INTROSPECTION_KNOWS_THE_KERNEL =
      mayImport(INTROSPECTION, and(TLS, KERNEL, INTERNAL + "..", "javax.crypto.."));

  @ArchTest
  static final ArchRule TOKEN_BINDING_KNOWS_THE_KERNEL_AND_CAFFEINE =
      mayImport(TOKEN_BINDING, KERNEL, INTERNAL, JOSE, CAFFEINE, "javax.crypto..");

  @ArchTest
  static final ArchRule DPOP_KNOWS_THE_KERNEL_AND_CAFFEINE =
      mayImport(DPOP, KERNEL, INTERNAL + "..", CAFFEINE, "javax.crypto..");

  @ArchTest
  static final ArchRule COOKIE_KNOWS_THE_KERNEL =
      mayImport(COOKIE, KERNEL, INTERNAL, "javax.crypto..");

  @ArchTest
  static final ArchRule EVENTS_KNOWS_THE_KERNEL = mayImport(EVENTS, KERNEL, INTERNAL + "..");

  @ArchTest
  static final ArchRule REDIS_KNOWS_THE_KERNEL_AND_LETTUCE =
      mayImport(REDIS, and(TLS, KERNEL, INTERNAL, LETTUCE, "io.netty.util.concurrent"));

  @ArchTest
  static final ArchRule LETTUCE_STAYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage(REDIS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LETTUCE, "io.netty..");

  @ArchTest
  static final ArchRule WHAT_THE_WIRING_SEES_OF_REDIS_LOADS_WITHOUT_LETTUCE =
      noClasses()
          .that()
          .haveNameMatching(
              "dev\\.holdfast\\.redis\\.(Redis.*|LettuceMissingException|(address|store)\\..*)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LETTUCE, "io.netty..");

  @ArchTest
  static final ArchRule CACHE_KNOWS_THE_KERNEL_AND_CAFFEINE = mayImport(CACHE, KERNEL, CAFFEINE);

  @ArchTest
  static final ArchRule ONLY_CONFIGURATION_AND_THE_EDGE_NAME_SLICES =
      noClasses()
          .that(
              resideInAnyPackage(KERNEL, HTTP, INTERNAL + "..")
                  .or(resideInAPackage("dev.holdfast..").and(not(resideInAnyPackage(rooms())))))
          .should()
          .dependOnClassesThat(resideInAnyPackage(SLICES))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule SLICES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching(
              "dev.holdfast.(mtls|jwt|introspection|cache|tokenbinding|dpop|cookie|redis|events)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule THE_SERVLET_API_STAYS_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVLET)
          .and()
          .haveNameNotMatching(SEEN_REQUEST)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule JACKSON_STAYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage(JSON)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JACKSON);

  @ArchTest
  static final ArchRule HTTPCLIENT_STAYS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage(ISSUER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HTTPCLIENT);

  @ArchTest
  static final ArchRule NOBODY_KNOWS_SPRING =
      noClasses()
          .that(alwaysTrue())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  /** A pooled thread would keep it, ten thousand virtual ones would have one each (T98). */
  @ArchTest
  static final ArchRule NOTHING_IS_BOUND_TO_A_THREAD =
      noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

  /** WildFly takes each such class for a component, and warns when it cannot make one. */
  @ArchTest
  static final ArchRule NO_CONTAINER_FINDS_A_LISTENER_TO_MAKE_C72 =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.holdfast.testing..")
          .should()
          .beAssignableTo("java.util.EventListener");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager))");

  /** Each file can be read after those of its room that it uses. */
  @ArchTest
  static final ArchRule FILES_OF_A_ROOM_HAVE_NO_CYCLES =
      slices().assignedFrom(new FilesOfEachRoom()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.(**)").should().beFreeOfCycles();

  /**
   * Each file with what is nested in it. What cannot be told apart counts as one: a builder and
   * what it builds, a method and the register that makes one of its name.
   */
  private record FilesOfEachRoom() implements SliceAssignment {
    private static final Pattern PARTS = Pattern.compile("(Builder)?(\\$.*)?$");
    private static final Pattern REGISTER =
        Pattern.compile("dev\\.holdfast\\.(RegisteredMethods|ConfirmationMethod(Provider)?)");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      if (javaClass.getPackageName().startsWith("dev.holdfast.testing")) {
        return SliceIdentifier.ignore();
      }
      String file = PARTS.matcher(javaClass.getName()).replaceFirst("");
      return SliceIdentifier.of(
          javaClass.getPackageName(), REGISTER.matcher(file).replaceFirst("ConfirmationMethod"));
    }

    @Override
    public String getDescription() {
      return "files";
    }
  }

  private static String[] rooms() {
    return and(SLICES, CONFIGURATION, SERVLET);
  }
}

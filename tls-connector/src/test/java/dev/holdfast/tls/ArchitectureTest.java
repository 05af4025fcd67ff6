package dev.holdfast.tls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
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
import dev.holdfast.tls.engine.record.GcmRecords;

/** Each container's part knows its container; the engine knows none. */
@AnalyzeClasses(packages = "dev.holdfast.tls", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("verify")
class ArchitectureTest {
  private static final String TLS = "dev.holdfast.tls";
  private static final String ENGINE = "dev.holdfast.tls.engine";
  private static final String HANDSHAKE = "dev.holdfast.tls.engine.handshake";
  private static final String RECORD = "dev.holdfast.tls.engine.record";
  private static final String SESSION = "dev.holdfast.tls.engine.session";
  private static final String CRYPTO = "dev.holdfast.tls.engine.crypto";
  private static final String SETTINGS = "dev.holdfast.configuration..";
  private static final String KEY_PARAMETERS = "dev.holdfast.tokenbinding.message";

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

  private static ArchRule engineRoom(String room, String... others) {
    String[] all = java.util.Arrays.copyOf(others, others.length + 3);
    all[others.length] = "org.bouncycastle..";
    all[others.length + 1] = "javax.crypto..";
    all[others.length + 2] = "javax.security.auth.x500";
    return mayImport(room, all);
  }

  private static ArchRule container(String name, String... its) {
    String[] all = java.util.Arrays.copyOf(its, its.length + 7);
    all[its.length] = TLS;
    all[its.length + 1] = SETTINGS;
    all[its.length + 2] = "dev.holdfast";
    all[its.length + 3] = "dev.holdfast.servlet.exporter";
    all[its.length + 4] = "jakarta.servlet..";
    all[its.length + 5] = ENGINE;
    all[its.length + 6] = KEY_PARAMETERS;
    return mayImport(TLS + "." + name, all);
  }

  @ArchTest
  static final ArchRule THE_WAY_IN_KNOWS_NO_CONTAINER =
      mayImport(TLS, SETTINGS, ENGINE, "dev.holdfast");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_ITS_ROOMS =
      engineRoom(ENGINE, KEY_PARAMETERS, "dev.holdfast", HANDSHAKE, RECORD, SESSION, CRYPTO);

  @ArchTest
  static final ArchRule A_HANDSHAKE_KNOWS_RECORDS =
      engineRoom(HANDSHAKE, "dev.holdfast", RECORD, SESSION, CRYPTO);

  @ArchTest static final ArchRule RECORDS_KNOW_SESSIONS = engineRoom(RECORD, SESSION);

  @ArchTest
  static final ArchRule SESSIONS_KNOW_ALGORITHMS = engineRoom(SESSION, "dev.holdfast", CRYPTO);

  @ArchTest static final ArchRule ALGORITHMS_KNOW_BOUNCY_CASTLE = engineRoom(CRYPTO);

  @ArchTest
  static final ArchRule TOMCAT_KNOWS_TOMCAT =
      container("tomcat", "org.apache.tomcat..", "org.apache.catalina.connector");

  @ArchTest static final ArchRule JETTY_KNOWS_JETTY = container("jetty", "org.eclipse.jetty..");

  @ArchTest static final ArchRule UNDERTOW_KNOWS_UNDERTOW = container("undertow", "io.undertow..");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices().matching("dev.holdfast.(**)").should().beFreeOfCycles();

  /** Each file can be read after those that it uses. */
  @ArchTest
  static final ArchRule FILES_OF_A_ROOM_HAVE_NO_CYCLES =
      slices().assignedFrom(new Files()).should().beFreeOfCycles();

  /** What a record says is handed on, never left behind for the next one to find. */
  @ArchTest
  static final ArchRule A_CIPHER_REMEMBERS_NO_RECORD =
      fields().that().areDeclaredIn(GcmRecords.class).should().beFinal();

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Utils?|Helper|Manager))");

  /** Each file, with what is nested in it. */
  private static final class Files implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getName().replaceFirst("\\$.*$", ""));
    }

    @Override
    public String getDescription() {
      return "files";
    }
  }
}

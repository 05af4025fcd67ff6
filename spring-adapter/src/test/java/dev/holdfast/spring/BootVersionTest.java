package dev.holdfast.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/**
 * Runs with the newest Boot, with the oldest that is supported, and with 3.5: an annotation that a
 * version lacks is dropped by the JVM without a word, and with it the condition. What runs on
 * WebFlux alone is left out, as that is not here.
 */
class BootVersionTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast.spring")
          .that(describe("run without WebFlux", type -> !isForWebFlux(type.getName())));

  private static boolean isForWebFlux(String type) {
    return type.contains("eactive") || type.startsWith("dev.holdfast.spring.webflux.");
  }

  @Test
  void thisIsTheVersionThatTheBuildSpeaksOf_C12() {
    assertThat(SpringBootVersion.getVersion())
        .isEqualTo(System.getProperty("expected.boot", SpringBootVersion.getVersion()))
        .matches("(3\\.5|4\\.[01])\\..*");
  }

  @Test
  void everyAnnotationInTheBytecodeExists_C12() {
    Set<String> missing = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      annotations(type).forEach(annotation -> collect(annotation, missing));
    }
    assertThat(missing).isEmpty();
    assertThat(CLASSES.stream().flatMap(BootVersionTest::annotations)).hasSizeGreaterThan(90);
  }

  private static Stream<JavaAnnotation<?>> annotations(JavaClass type) {
    return Stream.of(
            type.getAnnotations().stream(),
            type.getMembers().stream().flatMap(member -> member.getAnnotations().stream()),
            type.getCodeUnits().stream()
                .map(JavaCodeUnit::getParameterAnnotations)
                .flatMap(List::stream)
                .flatMap(Set::stream))
        .flatMap(all -> all.map(annotation -> (JavaAnnotation<?>) annotation));
  }

  /** The annotation itself, and every class that its values name. */
  private static void collect(JavaAnnotation<?> annotation, Set<String> missing) {
    require(annotation.getRawType(), missing);
    annotation.getProperties().values().forEach(value -> collect(value, missing));
  }

  private static void collect(Object value, Set<String> missing) {
    if (value instanceof JavaClass type) {
      require(type, missing);
    } else if (value instanceof JavaAnnotation<?> nested) {
      collect(nested, missing);
    } else if (value instanceof Object[] values) {
      List.of(values).forEach(each -> collect(each, missing));
    }
  }

  private static void require(JavaClass type, Set<String> missing) {
    try {
      Class.forName(type.getName(), false, BootVersionTest.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      missing.add(type.getName());
    }
  }

  @Test
  void everyClassAndMemberThatIsUsedExists_C12() {
    Set<String> missing = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      type.getDirectDependenciesFromSelf()
          .forEach(use -> require(use.getTargetClass().getBaseComponentType(), missing));
      type.getAccessesFromSelf().stream()
          .filter(access -> access.getTargetOwner().getName().startsWith("org.springframework."))
          .filter(access -> !isOfEveryObject(access.getTarget().getName()))
          .filter(access -> access.getTarget().resolveMember().isEmpty())
          .forEach(access -> missing.add(access.getDescription()));
    }
    missing.removeIf(name -> name.matches("boolean|byte|char|double|float|int|long|short|void"));
    assertThat(missing).isEmpty();
  }

  /** A later compiler names the interface in a call of {@code getClass}, and not {@code Object}. */
  private static boolean isOfEveryObject(String method) {
    return Arrays.stream(Object.class.getMethods()).anyMatch(own -> own.getName().equals(method));
  }
}

package dev.holdfast.spring.boot.failures;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurationImportEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationImportListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Stops the start with a Spring Boot that this artifact is not for, and where the artifacts for two
 * of them are on the class path: they have the same classes, and nobody could tell which of them
 * enforces. Boot tells its listeners before it looks into any auto-configuration, so that nothing
 * of Holdfast's can fail earlier over a class that another version lacks.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnsupportedBoot implements AutoConfigurationImportListener, BeanClassLoaderAware {
  /** Each artifact has a file of its own name here. */
  private static final String MARKERS = "META-INF/dev.holdfast/";

  private static final String GROUP = "dev.holdfast:";

  private ClassLoader classes = UnsupportedBoot.class.getClassLoader();

  @Override
  public void setBeanClassLoader(ClassLoader classes) {
    this.classes = classes;
  }

  @Override
  public void onAutoConfigurationImportEvent(AutoConfigurationImportEvent event) {
    check(
        String.valueOf(SpringBootVersion.getVersion()),
        classes.getResource(MARKERS + SupportedBoot.OTHER_ARTIFACT) != null);
  }

  /**
   * Looks at what is there.
   *
   * @throws UnsupportedBootException when Holdfast cannot enforce there
   */
  static void check(String version, boolean isOtherThere) {
    String here = "This is Spring Boot " + version + ", and ";
    if (isOtherThere) {
      throw new UnsupportedBootException(
          here
              + "both "
              + named(SupportedBoot.ARTIFACT)
              + " and "
              + named(SupportedBoot.OTHER_ARTIFACT)
              + " are on the class path",
          "Remove one of the two dependencies. "
              + named("holdfast-spring-boot-starter")
              + " is for Spring Boot 4, "
              + named("holdfast-spring-boot3-starter")
              + " for 3.5");
    }
    if (version.matches(SupportedBoot.VERSIONS)) {
      return;
    }
    throw new UnsupportedBootException(
        here + named(SupportedBoot.ARTIFACT) + " is for " + SupportedBoot.LINE,
        version.matches(SupportedBoot.OTHER_VERSIONS)
            ? "Take the dependency " + named(SupportedBoot.OTHER_ARTIFACT) + " instead"
            : "Holdfast does not support this version. Take Spring Boot 4 with "
                + named("holdfast-spring-boot-starter")
                + ", or Spring Boot 3.5 with "
                + named("holdfast-spring-boot3-starter"));
  }

  private static String named(String artifact) {
    return GROUP + artifact;
  }
}

package dev.holdfast.spring.boot.failures;

/** Which Spring Boot this artifact is for: 4. */
final class SupportedBoot {
  /** This artifact. */
  static final String ARTIFACT = "holdfast-spring-boot-starter";

  /** The one for the other Spring Boot: only one of them can be on a class path. */
  static final String OTHER_ARTIFACT = "holdfast-spring-boot3-starter";

  /** What it is for. */
  static final String LINE = "Spring Boot 4";

  static final String VERSIONS = "4\\..+";
  static final String OTHER_VERSIONS = "3\\.5\\..+";

  private SupportedBoot() {}
}

package dev.holdfast.spring.boot.issuers;

/**
 * Classes of Spring Boot that stand in another package in each of its versions. They are named by
 * text: an annotation that names a missing class by its literal is dropped by the JVM without a
 * word, and with it the condition.
 *
 * <p>Names that are two in Spring Boot 4 are one here.
 */
public final class BootNames {
  private static final String SECURITY_PACKAGE =
      "org.springframework.boot.autoconfigure.security.servlet.";
  private static final String PACKAGE =
      "org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.";

  public static final String SECURITY = SECURITY_PACKAGE + "SecurityAutoConfiguration";
  public static final String USERS = SECURITY_PACKAGE + "UserDetailsServiceAutoConfiguration";

  /** Makes a chain where the application has none. */
  public static final String WEB_SECURITY = SECURITY;

  /** Makes a chain for the endpoints. */
  public static final String MANAGEMENT_SECURITY =
      "org.springframework.boot.actuate.autoconfigure.security.servlet"
          + ".ManagementWebSecurityAutoConfiguration";

  public static final String RESOURCE_SERVER = PACKAGE + "OAuth2ResourceServerAutoConfiguration";
  public static final String RESOURCE_SERVER_4_0 = RESOURCE_SERVER;
  public static final String RESOURCE_SERVER_CHAIN = RESOURCE_SERVER;

  public static final String JWT_CUSTOMIZER = PACKAGE + "JwkSetUriJwtDecoderBuilderCustomizer";
  public static final String JWT_CUSTOMIZER_4_0 = JWT_CUSTOMIZER;

  /** Not in 3.5: its introspector is made with what the properties say. */
  static final String OPAQUE_CUSTOMIZER =
      PACKAGE + "SpringOpaqueTokenIntrospectorBuilderCustomizer";

  private BootNames() {}
}

package dev.holdfast.spring.boot.issuers;

/**
 * Classes of Spring Boot that stand in another package in each of its versions. They are named by
 * text: an annotation that names a missing class by its literal is dropped by the JVM without a
 * word, and with it the condition.
 */
public final class BootNames {
  private static final String SECURITY_PACKAGE = "org.springframework.boot.security.autoconfigure.";
  private static final String PACKAGE =
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.";

  public static final String SECURITY = SECURITY_PACKAGE + "SecurityAutoConfiguration";
  public static final String USERS = SECURITY_PACKAGE + "UserDetailsServiceAutoConfiguration";

  /** Makes a chain where the application has none. */
  public static final String WEB_SECURITY =
      SECURITY_PACKAGE + "web.servlet.ServletWebSecurityAutoConfiguration";

  /** Makes a chain for the endpoints. */
  public static final String MANAGEMENT_SECURITY =
      SECURITY_PACKAGE + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

  public static final String RESOURCE_SERVER = PACKAGE + "OAuth2ResourceServerAutoConfiguration";
  public static final String RESOURCE_SERVER_4_0 =
      PACKAGE + "servlet.OAuth2ResourceServerAutoConfiguration";

  /** Part of the former in 4.0. */
  public static final String RESOURCE_SERVER_CHAIN =
      PACKAGE + "web.OAuth2ResourceServerWebSecurityAutoConfiguration";

  public static final String JWT_CUSTOMIZER = PACKAGE + "JwkSetUriJwtDecoderBuilderCustomizer";
  public static final String JWT_CUSTOMIZER_4_0 =
      PACKAGE + "servlet.JwkSetUriJwtDecoderBuilderCustomizer";

  /** Absent in 4.0. */
  static final String OPAQUE_CUSTOMIZER =
      PACKAGE + "SpringOpaqueTokenIntrospectorBuilderCustomizer";

  private static final String REACTIVE = PACKAGE + "reactive.";

  public static final String REACTIVE_RESOURCE_SERVER =
      REACTIVE + "ReactiveOAuth2ResourceServerAutoConfiguration";

  /** Part of the former in 4.0. */
  public static final String REACTIVE_RESOURCE_SERVER_CHAIN =
      PACKAGE + "web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration";

  public static final String REACTIVE_JWT_CUSTOMIZER =
      REACTIVE + "JwkSetUriReactiveJwtDecoderBuilderCustomizer";

  /** Absent in 4.0. */
  public static final String REACTIVE_OPAQUE_CUSTOMIZER =
      REACTIVE + "SpringReactiveOpaqueTokenIntrospectorBuilderCustomizer";

  private BootNames() {}
}

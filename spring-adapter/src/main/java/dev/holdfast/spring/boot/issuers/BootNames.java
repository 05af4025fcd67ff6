package dev.holdfast.spring.boot.issuers;

/**
 * Classes of Spring Boot that moved between 4.0 and 4.1. They are named by text: an annotation that
 * names a missing class by its literal is dropped by the JVM without a word, and with it the
 * condition.
 */
public final class BootNames {
  private static final String PACKAGE =
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.";

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

  static final String REACTIVE_JWT_CUSTOMIZER =
      REACTIVE + "JwkSetUriReactiveJwtDecoderBuilderCustomizer";

  /** Absent in 4.0. */
  static final String REACTIVE_OPAQUE_CUSTOMIZER =
      REACTIVE + "SpringReactiveOpaqueTokenIntrospectorBuilderCustomizer";

  private BootNames() {}
}

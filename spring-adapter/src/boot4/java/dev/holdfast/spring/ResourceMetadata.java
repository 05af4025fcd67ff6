package dev.holdfast.spring;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;

/** What Spring Security 7 claims of a resource server by itself (RFC 9728). */
final class ResourceMetadata {
  private ResourceMetadata() {}

  /** Certificate-bound access tokens, where they are taken: Spring claims them everywhere. */
  static void claim(
      OAuth2ResourceServerConfigurer<HttpSecurity> server, boolean takesCertificates) {
    server.protectedResourceMetadata(
        metadata ->
            metadata.protectedResourceMetadataCustomizer(
                claims -> claims.tlsClientCertificateBoundAccessTokens(takesCertificates)));
  }
}

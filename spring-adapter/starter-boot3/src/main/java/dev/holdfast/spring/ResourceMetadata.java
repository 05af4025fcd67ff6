package dev.holdfast.spring;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;

/** What Spring Security 7 claims of a resource server by itself (RFC 9728). 6.5 claims nothing. */
final class ResourceMetadata {
  private ResourceMetadata() {}

  static void claim(
      OAuth2ResourceServerConfigurer<HttpSecurity> server, boolean takesCertificates) {
    // nothing to put right
  }
}

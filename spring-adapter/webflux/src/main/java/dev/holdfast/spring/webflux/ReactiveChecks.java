package dev.holdfast.spring.webflux;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.settings.CorsSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings.TokenBindingSource;

/** Settings that have no effect on a reactive chain, and must not seem to have one. */
final class ReactiveChecks {
  private ReactiveChecks() {}

  /**
   * Checks them.
   *
   * @throws InvalidSettingException for the first that is set
   */
  static void check(HoldfastSettings settings) {
    if (settings.tokenBinding().source() == TokenBindingSource.TLS) {
      throw new InvalidSettingException(
          "holdfast.token-binding.source",
          "tls is set, and Reactor Netty's TLS layer negotiates no Token Binding",
          "Set it to header if a trusted proxy hands the Token Binding on, or to none");
    }
    if (!settings.cors().equals(CorsSettings.none())) {
      throw new InvalidSettingException(
          "holdfast.cors",
          "it is for the servlet filter, and has no effect on a reactive chain",
          "Remove it, and configure cors(...) of the SecurityWebFilterChain");
    }
    if (!settings.rolesFrom().equals(RolesFrom.NONE)) {
      throw new InvalidSettingException(
          "holdfast.roles-from",
          "it is for the servlet filter, and in Spring authorities are the roles",
          "Remove it, and give the resource server a converter that makes the authorities");
    }
  }
}

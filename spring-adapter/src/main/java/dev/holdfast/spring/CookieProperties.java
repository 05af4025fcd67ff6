package dev.holdfast.spring;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.CookieSettings;
import dev.holdfast.cookie.CookieBinder;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Cookies that are bound to the key that the browser proves.
 *
 * @param names such as JSESSIONID, or SESSION with Spring Session; none: no cookie is bound
 * @param secrets at least 32 bytes each, such as openssl rand -base64 32 makes; the first makes
 *     companions, all of them check
 * @param methods how a browser may prove its key; default: those whose source is set
 * @param policy what becomes of a cookie whose user proved no key
 */
@ConfigurationProperties("holdfast.cookies")
record CookieProperties(
    @DefaultValue Set<String> names,
    @DefaultValue List<String> secrets,
    @DefaultValue Set<ConfirmationMethod> methods,
    @DefaultValue("required") CookieBinder.Requirement policy) {

  CookieSettings settings() {
    return new CookieSettings(names, secrets, methods, policy);
  }

  /** What is bound, and how; the secrets stay out of it. */
  @Override
  public String toString() {
    return settings().toString();
  }
}

package dev.holdfast.configuration.settings;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.cookie.CookieBinder;
import java.util.List;
import java.util.Set;

/**
 * {@code cookies}: which cookies are bound to the key that the browser proves.
 *
 * @param names such as JSESSIONID, or SESSION with Spring Session; none: no cookie is bound. The
 *     container's session cookie is known by its name
 * @param secrets at least 32 bytes each, such as openssl rand -base64 32 makes; the first makes
 *     companions, all of them check
 * @param methods how a browser may prove its key; default: every method whose source is set, but
 *     DPoP, which browsers' cookies know nothing of
 * @param policy what becomes of a cookie whose user proved no key
 */
public record CookieSettings(
    Set<String> names,
    List<String> secrets,
    @Setting(expected = "certificate or token-binding") Set<ConfirmationMethod> methods,
    @Setting("required") CookieBinder.CookieRequirement policy) {

  /** Copies the collections. */
  public CookieSettings {
    names = Set.copyOf(names);
    secrets = List.copyOf(secrets);
    methods = Set.copyOf(methods);
  }

  /** Every default: no cookie is bound. */
  public static CookieSettings defaults() {
    return RecordReader.defaults(CookieSettings.class);
  }

  /** What is bound, and how; the secrets stay out of it. */
  @Override
  public String toString() {
    return "CookieSettings[names=" + names + ", methods=" + methods + ", policy=" + policy + "]";
  }
}

package dev.holdfast.configuration;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.cookie.CookieSecrets;
import java.util.List;
import java.util.Set;

/**
 * {@code cookies}: which cookies are bound to the key that the browser proves.
 *
 * @param names {@code cookies.names}; empty: none is bound. The container's session cookie is known
 *     by its name
 * @param secrets {@code cookies.secrets}: texts of at least {@link CookieSecrets#MIN_BYTES} bytes;
 *     the first makes companions, all of them check
 * @param methods {@code cookies.methods}: how a browser may prove its key; empty: every method
 *     whose source is set, but DPoP, which browsers' cookies know nothing of
 * @param policy {@code cookies.policy}: what becomes of a cookie whose user proved no key
 */
public record CookieSettings(
    Set<String> names,
    List<String> secrets,
    Set<ConfirmationMethod> methods,
    CookieBinder.Requirement policy) {

  /** Copies the collections. */
  public CookieSettings {
    names = Set.copyOf(names);
    secrets = List.copyOf(secrets);
    methods = Set.copyOf(methods);
  }

  /** Every default: no cookie is bound. */
  public static CookieSettings defaults() {
    return new CookieSettings(Set.of(), List.of(), Set.of(), CookieBinder.Requirement.REQUIRED);
  }

  /** What is bound, and how; the secrets stay out of it. */
  @Override
  public String toString() {
    return "CookieSettings[names=" + names + ", methods=" + methods + ", policy=" + policy + "]";
  }
}

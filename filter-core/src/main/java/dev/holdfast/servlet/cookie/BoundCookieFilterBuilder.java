package dev.holdfast.servlet.cookie;

import dev.holdfast.EnforcementListener;
import dev.holdfast.KeyProof;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.CookieSettings;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.cookie.CookieSecrets;
import dev.holdfast.internal.Given;
import dev.holdfast.internal.SecretText;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.evidence.EvidenceSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Settings of a {@link BoundCookieFilter}, in code; what is not set has the documented default. */
public final class BoundCookieFilterBuilder {
  private Set<String> names = Set.of();
  private List<String> secrets = List.of();
  private CookieBinder.CookieRequirement requirement = CookieBinder.CookieRequirement.REQUIRED;
  private List<KeyProof> proofs = List.of(new ClientCertificateVerifier());
  private EvidenceSource evidence = EvidenceSource.ofContainer();
  private Clock clock = Clock.systemUTC();
  private boolean isBegun;

  BoundCookieFilterBuilder() {}

  /**
   * {@code cookies.names}: which cookies are bound. The container's session cookie, usually {@code
   * JSESSIONID}, is known by its name.
   */
  public BoundCookieFilterBuilder names(String... bound) {
    isBegun = true;
    names = Set.of(Given.all("a cookie's name", bound));
    return this;
  }

  /**
   * {@code cookies.secrets}: what the keyed hash is keyed with; the first makes companions, all of
   * them check. Texts with at least 32 bytes that nobody can guess.
   */
  public BoundCookieFilterBuilder secrets(String... newestFirst) {
    isBegun = true;
    secrets = List.of(Given.all("a secret", newestFirst));
    return this;
  }

  /** {@code cookies.policy}: what becomes of a cookie whose user proved no key. */
  public BoundCookieFilterBuilder requirement(CookieBinder.CookieRequirement wanted) {
    isBegun = true;
    requirement = wanted;
    return this;
  }

  /** {@code cookies.methods}: how a browser proves its key; a client certificate by default. */
  public BoundCookieFilterBuilder proofs(List<? extends KeyProof> mechanisms) {
    isBegun = true;
    proofs = List.copyOf(mechanisms);
    return this;
  }

  /**
   * What these settings name. Call it first: other setters may follow, and change what it sets.
   *
   * @param cookies which cookies are bound, and how
   * @param assembly the mechanisms whose sources are set
   * @throws InvalidSettingException when a method is named that has no source, or proves no key of
   *     a connection
   * @throws IllegalStateException after any other setter but {@link #clock}, whose setting would be
   *     lost
   */
  public BoundCookieFilterBuilder settings(CookieSettings cookies, Assembly assembly) {
    if (isBegun) {
      throw new IllegalStateException(
          "settings(...) replaces every setting, and another one was set before it. Call"
              + " settings(...) first, then names(...), secrets(...) and the others");
    }
    isBegun = true;
    names = cookies.names();
    secrets = cookies.secrets();
    requirement = cookies.policy();
    proofs = assembly.keyProofs(cookies.methods());
    evidence = EvidenceSource.of(assembly, EnforcementListener.silent());
    return this;
  }

  /** Where the evidence of a request comes from; the container's TLS layer by default. */
  public BoundCookieFilterBuilder evidence(EvidenceSource source) {
    isBegun = true;
    evidence = source;
    return this;
  }

  /** The wall clock. */
  public BoundCookieFilterBuilder clock(Clock wallClock) {
    clock = wallClock;
    return this;
  }

  /**
   * The filter.
   *
   * @throws InvalidSettingException when a setting cannot be safe
   */
  public BoundCookieFilter build() {
    return new BoundCookieFilter(rules());
  }

  CookieRules rules() {
    if (names.isEmpty()) {
      throw new InvalidSettingException(
          "holdfast.cookies.names", "no cookie is named", "Name the session cookie, for example");
    }
    for (String name : names) {
      if (!name.matches("[!#$%&'*+\\-.^_`|~0-9A-Za-z]{1,128}")) {
        throw new InvalidSettingException(
            "holdfast.cookies.names", "one is not a cookie's name", "Write names such as SESSION");
      }
      if (names.contains(CookieRules.companionOf(name))) {
        throw new InvalidSettingException(
            "holdfast.cookies.names",
            CookieRules.companionOf(name) + " is the name of the companion of " + name,
            "Remove it, or give that cookie another name");
      }
    }
    if (proofs.isEmpty()) {
      throw new InvalidSettingException(
          "holdfast.cookies.methods",
          "no method is there by which a browser could prove a key",
          "Set certificate.source or token-binding.source");
    }
    return new CookieRules(
        names, new CookieBinder(secrets(), requirement), proofs, evidence, clock);
  }

  private CookieSecrets secrets() {
    for (String secret : secrets) {
      String problem = SecretText.problem(secret);
      if (problem != null) {
        throw new InvalidSettingException(
            "holdfast.cookies.secrets", problem, "Make one with: openssl rand -base64 32");
      }
    }
    try {
      return CookieSecrets.of(secrets);
    } catch (IllegalArgumentException refused) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              "holdfast.cookies.secrets",
              String.valueOf(refused.getMessage()),
              "Make one with: openssl rand -base64 32");
      invalid.initCause(refused);
      throw invalid;
    }
  }
}

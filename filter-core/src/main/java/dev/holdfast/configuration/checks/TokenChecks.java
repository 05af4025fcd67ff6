package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerLimits;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.internal.net.IssuerUri;
import dev.holdfast.introspection.IntrospectionEndpoint.ResponseFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses settings of issuers and caches that cannot be safe or contradict each other. */
public final class TokenChecks {
  private TokenChecks() {}

  public static void check(TokenSettings tokens) {
    Set<String> seen = new HashSet<>();
    List<IssuerSettings> issuers = tokens.issuers();
    for (int i = 0; i < issuers.size(); i++) {
      String name = "holdfast.tokens.issuers[" + i + "].";
      IssuerSettings issuer = issuers.get(i);
      check(name, issuer);
      Audiences.check(name + "audiences", issuer);
      IntrospectionSettings introspection = issuer.introspection();
      String identity =
          introspection == null
              ? "keys of " + issuer.issuer()
              : "introspection by "
                  + (issuer.issuer() != null ? issuer.issuer() : introspection.uri());
      if (!seen.add(identity)) {
        throw new InvalidSettingException(
            name + (issuer.issuer() != null ? "issuer" : "introspection.uri"),
            "the same issuer is configured twice",
            "Keep one entry for each issuer, or one for its JWTs and one with introspection");
      }
    }
  }

  private static void checkLimits(String name, IssuerLimits limits) {
    if (limits.keyMaxStale().compareTo(limits.keyMaxAge()) < 0) {
      throw new InvalidSettingException(
          name + "key-max-stale",
          "it is shorter than key-max-age",
          "Write for how long keys may be believed while the issuer is out of reach, such as 15m");
    }
  }

  private static void check(String name, IssuerSettings issuer) {
    checkLimits(name, issuer.limits());
    IntrospectionSettings introspection = issuer.introspection();
    if (issuer.issuer() != null) {
      requireAddress(name, "issuer", issuer.issuer(), issuer);
    } else if (introspection == null) {
      throw new InvalidSettingException(
          name + "issuer",
          "it is missing",
          "Set it to the issuer's identifier, the value of iss in its tokens");
    }
    if (introspection == null) {
      checkKeys(name, issuer);
      return;
    }
    if (introspection.response() == ResponseFormat.JWT) {
      checkKeys(name, issuer); // which sign the answers
    } else {
      requireUnused(name + "jwk-set-uri", issuer.jwkSetUri() == null);
      requireUnused(name + "algorithms", issuer.algorithms().isEmpty());
    }
    requireUnused(name + "types", issuer.types().isEmpty());
    requireAddress(name, "introspection.uri", introspection.uri(), issuer);
    IntrospectionChecks.check(name + "introspection.", introspection, issuer);
  }

  private static void checkKeys(String name, IssuerSettings issuer) {
    if (issuer.jwkSetUri() != null) {
      requireAddress(name, "jwk-set-uri", issuer.jwkSetUri(), issuer);
    }
    AlgorithmChecks.check(name + "algorithms", issuer.algorithms());
  }

  private static void requireAddress(
      String name, String member, String text, IssuerSettings issuer) {
    String setting = name + member;
    try {
      IssuerUri.require(setting, text, issuer.allowPlainHttp());
    } catch (IllegalArgumentException unsafe) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting,
              String.valueOf(unsafe.getMessage()).replace(setting, "it"),
              text.regionMatches(true, 0, "http:", 0, 5)
                  ? "Write an https:// address, or set "
                      + name
                      + "allow-plain-http=true for an issuer inside a network of your own"
                  : "Write an https:// address");
      invalid.initCause(unsafe);
      throw invalid;
    }
  }

  private static void requireUnused(String setting, boolean unused) {
    if (!unused) {
      throw new InvalidSettingException(
          setting,
          "it has no effect beside introspection, which asks the issuer about every token",
          "Remove it, or remove introspection to verify JWTs by keys");
    }
  }
}

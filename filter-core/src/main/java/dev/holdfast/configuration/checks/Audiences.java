package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.ListChecks;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.Set;

/** For which APIs tokens are taken: an issuer makes tokens for others too. */
public final class Audiences {
  private Audiences() {}

  /**
   * Refuses an issuer of JWTs without audiences, and warns of introspection without, since an
   * answer need not have {@code aud} (RFC 7662 section 2.2).
   */
  static void check(String setting, IssuerSettings issuer) {
    Set<String> audiences = issuer.audiences();
    if (audiences.isEmpty() && issuer.introspection() == null) {
      throw new InvalidSettingException(
          setting,
          "it is missing, so that tokens which the issuer made for other APIs would be taken too",
          "Write the identifier of this API, as it stands in aud of its tokens; \"*\" takes every"
              + " audience");
    }
    if (audiences.contains(IssuerSettings.ANY_AUDIENCE) && audiences.size() > 1) {
      throw new InvalidSettingException(
          setting,
          "\"*\" takes every audience, and others stand beside it",
          "Keep either \"*\" or the others");
    }
    if (audiences.stream().anyMatch(String::isBlank)) {
      throw new InvalidSettingException(
          setting, "an audience is empty", "Write the identifier of this API");
    }
    audiences.forEach(audience -> ListChecks.requireOne(setting, audience));
    if (audiences.isEmpty()) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              setting
                  + " is missing: tokens which this issuer made for other APIs are taken too. Write"
                  + " the identifier of this API, or \"*\" if every audience is meant.");
    }
  }

  /** One of these must be in {@code aud}; empty: none need be. */
  public static Set<String> required(IssuerSettings issuer) {
    return issuer.audiences().contains(IssuerSettings.ANY_AUDIENCE) ? Set.of() : issuer.audiences();
  }
}

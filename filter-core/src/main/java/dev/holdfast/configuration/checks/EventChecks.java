package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.ListChecks;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.EventSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TransmitterSettings;
import dev.holdfast.internal.net.IssuerUri;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses settings of security events that cannot be safe or have no effect. */
public final class EventChecks {
  private static final String PATH = "holdfast.events.path";

  /** Unreserved characters alone, so that nobody reads it in two ways (RFC 3986 section 2.3). */
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

  /** Visible characters, and single blanks between them (RFC 9110 section 5.5). */
  private static final Pattern FIELD = Pattern.compile("[!-~]+( [!-~]+)*");

  private EventChecks() {}

  public static void check(HoldfastSettings settings) {
    EventSettings events = settings.events();
    String path = events.path();
    if (path == null && events.transmitters().isEmpty()) {
      return;
    }
    if (events.transmitters().isEmpty()) {
      throw new InvalidSettingException(
          PATH,
          "nobody's events are taken there",
          "Set holdfast.events.transmitters[0].issuer and .audiences, or remove the path");
    }
    if (path != null && !PLAIN.matcher(path).matches()) {
      throw new InvalidSettingException(
          PATH,
          "\"" + path + "\" is no plain path",
          "Write a path such as /events, of letters, digits, - . _ ~ and /");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < events.transmitters().size(); i++) {
      TransmitterSettings transmitter = events.transmitters().get(i);
      String name = "holdfast.events.transmitters[" + i + "].";
      checkWays(name, transmitter, path != null);
      check(name, transmitter, plainHttp(transmitter, settings.tokens().issuers()));
      if (!seen.add(transmitter.issuer())) {
        throw new InvalidSettingException(
            name + "issuer", "the same issuer is configured twice", "Keep one entry for each");
      }
    }
  }

  /** A transmitter pushes, or is polled, or both. */
  private static void checkWays(String name, TransmitterSettings transmitter, boolean takesPush) {
    if (!takesPush && transmitter.pollUri() == null) {
      throw new InvalidSettingException(
          PATH,
          "it is missing, so that no event of holdfast.events.transmitters would arrive",
          "Set it to the path that the transmitters push to, such as /events, or set "
              + name
              + "poll-uri");
    }
    if (!takesPush && transmitter.pushAuthorization() != null) {
      throw new InvalidSettingException(
          name + "push-authorization",
          "nobody pushes, because holdfast.events.path is missing",
          "Set that, or remove it");
    }
    if (transmitter.pollUri() == null && transmitter.pollAuthorization() != null) {
      throw new InvalidSettingException(
          name + "poll-authorization",
          "nobody is polled, because poll-uri is missing",
          "Set that, or remove it");
    }
  }

  /** Whether an issuer of the same name may be spoken to without TLS. */
  private static boolean plainHttp(TransmitterSettings transmitter, List<IssuerSettings> issuers) {
    IssuerSettings same = sameIssuer(transmitter, issuers);
    return same != null && same.allowPlainHttp();
  }

  /** The entry of the tokens' issuer that the transmitter is, or null. */
  public static @Nullable IssuerSettings sameIssuer(
      TransmitterSettings transmitter, List<IssuerSettings> issuers) {
    return issuers.stream()
        .filter(issuer -> transmitter.issuer().equals(issuer.issuer()))
        .findFirst()
        .orElse(null);
  }

  private static void check(String name, TransmitterSettings transmitter, boolean plainHttp) {
    checkAudiences(name + "audiences", transmitter.audiences());
    String keys = transmitter.jwkSetUri();
    requireAddress(
        name + (keys == null ? "issuer" : "jwk-set-uri"),
        keys == null ? transmitter.issuer() : keys,
        plainHttp);
    if (transmitter.pollUri() != null) {
      requireAddress(name + "poll-uri", transmitter.pollUri(), plainHttp);
    }
    checkField(name + "push-authorization", transmitter.pushAuthorization());
    checkField(name + "poll-authorization", transmitter.pollAuthorization());
  }

  private static void checkField(String setting, @Nullable String authorization) {
    String action =
        "Write the whole field, such as Bearer and a random text, as the transmitter "
            + (setting.endsWith("push-authorization") ? "sends it" : "demands it");
    if (authorization != null && !FIELD.matcher(authorization).matches()) {
      throw new InvalidSettingException(
          setting, "it is no value that an Authorization field could have", action);
    }
    SecretChecks.require(setting, authorization, action);
  }

  private static void checkAudiences(String setting, Set<String> audiences) {
    String action =
        "Write what stands in aud of the transmitter's events for this receiver; of logout tokens,"
            + " the client's identifier";
    if (audiences.isEmpty()) {
      throw new InvalidSettingException(
          setting, "it is missing, so that events for others would be taken too", action);
    }
    for (String audience : audiences) {
      if (audience.isBlank() || audience.equals(IssuerSettings.ANY_AUDIENCE)) {
        throw new InvalidSettingException(
            setting,
            "an event is for a receiver by name, and \"" + audience + "\" is none",
            action);
      }
      ListChecks.requireOne(setting, audience);
    }
  }

  private static void requireAddress(String setting, String text, boolean plainHttp) {
    try {
      IssuerUri.require(setting, text, plainHttp);
    } catch (IllegalArgumentException unsafe) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting,
              String.valueOf(unsafe.getMessage()).replace(setting, "it"),
              "Write an https:// address; of an issuer that is none, set jwk-set-uri");
      invalid.initCause(unsafe);
      throw invalid;
    }
  }
}

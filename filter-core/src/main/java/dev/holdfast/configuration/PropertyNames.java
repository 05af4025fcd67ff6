package dev.holdfast.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every property's name, without {@code holdfast.} and with {@code []} for an index. */
final class PropertyNames {
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})]");
  private static final String ISSUER = "tokens.issuers[].";
  private static final String INTROSPECTION = ISSUER + "introspection.";

  private static final List<String> LISTS =
      List.of(
          "methods",
          "rules[].paths",
          "rules[].http-methods",
          "rules[].methods",
          "rules[].issuers",
          ISSUER + "audiences",
          ISSUER + "algorithms",
          ISSUER + "types",
          "token-binding.key-parameters",
          "dpop.algorithms",
          "proxies.trusted",
          "proxies.certificates");

  private static final List<String> VALUES =
      List.of(
          "policy",
          "rules[].policy",
          ISSUER + "issuer",
          ISSUER + "jwk-set-uri",
          ISSUER + "trusted-certificates",
          ISSUER + "allow-plain-http",
          INTROSPECTION + "uri",
          INTROSPECTION + "client-id",
          INTROSPECTION + "client-secret",
          INTROSPECTION + "client-authentication",
          INTROSPECTION + "timeout",
          "tokens.cache.ttl",
          "tokens.cache.max-entries",
          "tokens.cache.negative-ttl",
          "tokens.cache.negative-max-entries",
          "tokens.clock-skew",
          "certificate.source",
          "certificate.header.format",
          "certificate.header.name",
          "certificate.header.verify-name",
          "certificate.header.verify-value",
          "certificate.header.hops",
          "certificate.accept-self-signed",
          "token-binding.source",
          "token-binding.unknown-types",
          "token-binding.negotiation",
          "token-binding.header.value",
          "dpop.enabled",
          "dpop.proof-lifetime",
          "dpop.clock-skew",
          "dpop.min-rsa-bits",
          "dpop.nonce",
          "dpop.nonce-lifetime",
          "dpop.nonce-secret",
          "dpop.replay.store",
          "dpop.replay.max-entries",
          "redis.uri",
          "proxies.forwarding",
          "proxies.external-uri",
          "proxies.trust-everyone",
          "proxies.secret-header.name",
          "proxies.secret-header.value");

  /** Names of the contract that this version does not have, and the value that asks for nothing. */
  private static final Map<String, String> LATER =
      Map.of(INTROSPECTION + "response", "json", "tokens.cache.shared", "none");

  private static final Pattern LATER_WITHOUT_NEUTRAL_VALUE =
      Pattern.compile("rules\\[]\\.(scopes|acr-values)(\\[])?|rules\\[]\\.max-authentication-age");

  /**
   * No setting: it tells this project's tests, which share a JVM with servers, where vectors lie.
   */
  private static final String OUTSIDE_VECTORS = "outside-vectors";

  private PropertyNames() {}

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have.
   *
   * @param name without {@code holdfast.}
   */
  static void require(String name, String value) {
    String shape = INDEX.matcher(name).replaceAll("[]");
    if (VALUES.contains(shape)
        || LISTS.contains(shape)
        || isListElement(shape)
        || shape.equals(OUTSIDE_VECTORS)) {
      return;
    }
    String setting = "holdfast." + name;
    if (shape.equals(ISSUER + "ssl-bundle")) {
      throw new InvalidSettingException(
          setting,
          "SSL bundles exist in Spring Boot only",
          "Set trusted-certificates to a PEM file");
    }
    String neutral = LATER.get(shape);
    if (neutral != null || LATER_WITHOUT_NEUTRAL_VALUE.matcher(shape).matches()) {
      if (!value.trim().equals(neutral)) {
        throw notYet(setting);
      }
      return;
    }
    throw new InvalidSettingException(
        setting, "there is no such setting", "The nearest is holdfast." + nearest(shape));
  }

  static InvalidSettingException notYet(String setting) {
    return new InvalidSettingException(
        setting,
        "this version of Holdfast does not have it yet, and ignoring it would not be safe",
        "Remove the setting, or use a version that has it");
  }

  private static boolean isListElement(String shape) {
    return shape.endsWith("[]") && LISTS.contains(shape.substring(0, shape.length() - 2));
  }

  private static String nearest(String shape) {
    return Stream.of(VALUES.stream(), LISTS.stream(), LATER.keySet().stream())
        .flatMap(names -> names)
        .min(Comparator.comparingInt(name -> distance(name, shape)))
        .orElseThrow();
  }

  /** Levenshtein's: how many characters to insert, remove or replace. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}

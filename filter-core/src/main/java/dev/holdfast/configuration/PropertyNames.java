package dev.holdfast.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every property's name, without {@code holdfast.} and with {@code []} for an index. */
final class PropertyNames {
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})]");

  /** What to do about a name that is near to none. */
  static final String SEE_README =
      "Remove it, or write one of the settings that README.md lists under \"Settings\"";

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
          "proxies.certificates",
          "cors.allowed-origins");

  private static final List<String> VALUES =
      List.of(
          "policy",
          "roles-from",
          "rules[].policy",
          ISSUER + "issuer",
          ISSUER + "jwk-set-uri",
          ISSUER + "trusted-certificates",
          ISSUER + "max-concurrent-calls",
          ISSUER + "key-max-age",
          ISSUER + "key-max-stale",
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
          "dpop.nonce-clock-skew",
          "dpop.replay.store",
          "dpop.replay.max-entries",
          "redis.uri",
          "proxies.forwarding",
          "proxies.external-uri",
          "proxies.original-uri-header",
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

  private static final String SSL_BUNDLE = ISSUER + "ssl-bundle";

  private static final String CHAINS_OF_OTHERS = "tokens.chains-of-others";

  private static final List<String> SPRING_ONLY =
      List.of(
          SSL_BUNDLE, CHAINS_OF_OTHERS, CHAINS_OF_OTHERS + "[]", "tokens.attributes-without-cnf");

  private static final Map<String, Owner> OWNERS =
      Map.of(
          "policy", Owner.TOKENS,
          "methods", Owner.TOKENS,
          "rules", Owner.TOKENS,
          "tokens", Owner.TOKENS,
          "dpop", Owner.TOKENS,
          "redis", Owner.TOKENS,
          "cookies", Owner.COOKIES);

  /** Which filter has use for a setting. */
  enum Owner {
    /** The one for access tokens. */
    TOKENS,
    /** The one for bound cookies. */
    COOKIES,
    /** Both: it says where evidence comes from. */
    BOTH
  }

  private PropertyNames() {}

  /** The name with {@code []} for each index. */
  static String shape(String name) {
    return INDEX.matcher(name).replaceAll("[]");
  }

  /** Whose setting this is, going by the first part of its name. */
  static Owner owner(String name) {
    return OWNERS.getOrDefault(name.split("[.\\[]", 2)[0], Owner.BOTH);
  }

  /** Every name that some version has, those of cookies and of list elements included. */
  static List<String> shapes() {
    return Stream.of(
            VALUES.stream(),
            lists(),
            lists().map(name -> name + "[]"),
            LATER.keySet().stream(),
            Stream.of(SSL_BUNDLE, "tokens.attributes-without-cnf", "cookies.policy"),
            Stream.of(
                "rules[].scopes",
                "rules[].scopes[]",
                "rules[].acr-values",
                "rules[].acr-values[]",
                "rules[].max-authentication-age"))
        .flatMap(names -> names)
        .toList();
  }

  private static Stream<String> lists() {
    return Stream.of(
            LISTS.stream(), CookieSettingsReader.LISTS.stream(), Stream.of(CHAINS_OF_OTHERS))
        .flatMap(names -> names);
  }

  /** Whether only the Spring starter has use for it. */
  static boolean isOfSpring(String name) {
    return SPRING_ONLY.contains(shape(name));
  }

  /** Whether it is a list, which may be written with commas. */
  static boolean isList(String name) {
    return lists().anyMatch(shape(name)::equals);
  }

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have.
   *
   * @param name without {@code holdfast.}
   */
  static void require(String name, String value) {
    EmptyNames.refuseSection(name, value);
    String shape = shape(name);
    if (VALUES.contains(shape)
        || LISTS.contains(shape)
        || isListElement(shape)
        || shape.equals(OUTSIDE_VECTORS)) {
      return;
    }
    String setting = "holdfast." + name;
    if (CookieSettingsReader.knows(name)) {
      throw new InvalidSettingException(
          setting,
          "it is a setting of the filter that binds cookies, and this one checks access tokens",
          "Declare dev.holdfast.servlet.cookie.BoundCookieFilter and set it there");
    }
    if (shape.equals(SSL_BUNDLE)) {
      throw new InvalidSettingException(
          setting,
          "SSL bundles exist in Spring Boot only",
          "Set trusted-certificates to a PEM file");
    }
    if (isOfSpring(name)) {
      throw new InvalidSettingException(
          setting, "it is a setting of the Spring starter, and this is the filter", "Remove it");
    }
    if (LATER.containsKey(shape) || LATER_WITHOUT_NEUTRAL_VALUE.matcher(shape).matches()) {
      requireOfThisVersion(setting, shape, value);
      return;
    }
    throw unknown(name);
  }

  private static InvalidSettingException unknown(String name) {
    if (name.isEmpty()) {
      return EmptyNames.root(EmptyNames.ROOT + '.');
    }
    return new InvalidSettingException(
        "holdfast." + name,
        "there is no such setting",
        nearest(shape(name), UnaryOperator.identity())
            .map(near -> "The nearest is holdfast." + near)
            .orElse(SEE_README));
  }

  /** The name with its dashes, whichever way it was written. */
  static String ofAnySpelling(String name) {
    String compact = compact(shape(name));
    if (compact.equals(compact(OUTSIDE_VECTORS))) {
      return OUTSIDE_VECTORS;
    }
    for (String known : shapes()) {
      if (compact.equals(compact(known))) {
        Matcher index = INDEX.matcher(name);
        String found = known;
        while (index.find()) {
          found = found.replaceFirst("\\[]", "[" + index.group(1) + "]");
        }
        return found;
      }
    }
    throw unknown(name);
  }

  private static String compact(String shape) {
    return shape.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses what asks for something that only a later version has.
   *
   * @param setting as it was written
   */
  static void requireOfThisVersion(String setting, String shape, String value) {
    String neutral = LATER.get(shape);
    if ((neutral != null && !value.trim().equals(neutral))
        || LATER_WITHOUT_NEUTRAL_VALUE.matcher(shape).matches()) {
      throw notYet(setting);
    }
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

  /**
   * A name that may have been meant, with {@code []} for each index.
   *
   * @param spelling how the names are spelled where {@code shape} was written
   */
  static Optional<String> nearest(String shape, UnaryOperator<String> spelling) {
    return NearNames.nearest(shape, shapes(), spelling);
  }
}

package dev.holdfast.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words that each setting of an enumerated kind takes: for an edge that binds settings itself,
 * so that its user reads the same text as the plain filter's. The edge may be lenient about letter
 * case and punctuation, as Spring Boot is.
 *
 * @param expected what the plain filter says that one should write
 * @param taken every word that some edge reads
 */
record Words(String expected, List<String> taken) {
  private static final String CLIENT_AUTHENTICATION =
      "tokens.issuers[].introspection.client-authentication";

  /** Spring Boot's truths (Spring's {@code StringToBooleanConverter}). */
  private static final Words TRUTH =
      new Words("true or false", List.of("true", "on", "yes", "1", "false", "off", "no", "0"));

  /** By the setting's name, that of a list without an index. */
  static final Map<String, Words> BY_NAME = byName();

  private static Map<String, Words> byName() {
    Map<String, Words> words = new HashMap<>();
    Words modes = new Words(EnumTexts.expected(EnumTexts.MODES), EnumTexts.MODES);
    Words methods = new Words(EnumTexts.expected(EnumTexts.METHODS), EnumTexts.METHODS);
    words.put("policy", modes);
    words.put("methods", methods);
    words.put("rules[].policy", modes);
    words.put("rules[].methods", methods);
    words.put("cookies.methods", new Words("certificate or token-binding", EnumTexts.METHODS));
    words.put("cookies.policy", of("required", "when-proven"));
    words.put("certificate.source", of("tls", "header", "none"));
    words.put("certificate.accept-self-signed", TRUTH);
    words.put("token-binding.source", of("none", "tls", "header"));
    words.put(
        "token-binding.key-parameters",
        new Words(EnumTexts.expected(EnumTexts.KEY_PARAMETERS), EnumTexts.KEY_PARAMETERS));
    words.put("token-binding.unknown-types", of("skip", "verify"));
    words.put("token-binding.negotiation", of("handshake", "configured"));
    words.put("token-binding.header.value", of("id", "sha256"));
    words.put("tokens.attributes-without-cnf", of("refuse", "unbound"));
    words.put("tokens.issuers[].allow-plain-http", TRUTH);
    words.put(CLIENT_AUTHENTICATION, of("basic", "post"));
    words.put("dpop.enabled", TRUTH);
    words.put("dpop.nonce", of("never", "always"));
    words.put("dpop.replay.store", of("local", "redis"));
    words.put("proxies.forwarding", of("none", "forwarded", "x-forwarded"));
    words.put("proxies.trust-everyone", TRUTH);
    return Map.copyOf(words);
  }

  private static Words of(String... words) {
    int last = words.length - 1;
    List<String> taken = List.of(words);
    return new Words(String.join(", ", taken.subList(0, last)) + " or " + words[last], taken);
  }

  /** Refuses a word that the setting does not take; passes settings of another kind. */
  static void requireReadable(String name, String text) {
    String shape = PropertyNames.shape(name);
    String setting = shape.endsWith("[]") ? shape.substring(0, shape.length() - 2) : shape;
    Words words = BY_NAME.get(setting);
    if (words == null || words.taken.stream().anyMatch(word -> isLike(word, text))) {
      return;
    }
    if (setting.equals(CLIENT_AUTHENTICATION) && isOfALaterVersion(text)) {
      throw PropertyNames.notYet("holdfast." + name + "=" + text);
    }
    throw FlatProperties.invalid(
        name, "\"" + text + "\" cannot be read", "Write " + words.expected);
  }

  static boolean isOfALaterVersion(String clientAuthentication) {
    return clientAuthentication.equals("private-key-jwt") || clientAuthentication.equals("tls");
  }

  /** In YAML, {@code off} without quotes is {@code false}, which Spring Boot reads as off. */
  private static boolean isLike(String word, String text) {
    String folded = folded(text);
    return folded.equals(folded(word)) || (word.equals("off") && folded.equals("false"));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}

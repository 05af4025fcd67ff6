package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PathPattern;
import dev.holdfast.configuration.IntrospectionSettings.ClientAuthentication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from flat text properties: system properties, init parameters, a properties file.
 *
 * <p>Lists are comma-separated or indexed from {@code [0]} on; durations are {@code 500ms}, {@code
 * 5s}, {@code 1m}, {@code 2h}, ISO 8601 such as {@code PT5S}, or a bare number of milliseconds. A
 * name that is unknown, a value that cannot be read, and a setting that this version does not have
 * yet are refused: nothing that was meant to protect is ignored.
 */
public final class SettingsReader {
  private static final String PREFIX = "holdfast.";

  private final FlatProperties properties;

  private SettingsReader(Map<String, String> properties) {
    properties.forEach(PropertyNames::require);
    this.properties = new FlatProperties(properties);
  }

  /**
   * Reads what begins with {@code holdfast.}, and looks at nothing else.
   *
   * @throws InvalidSettingException with a text that says what to do
   */
  public static HoldfastSettings read(Map<String, String> properties) {
    Map<String, String> own = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.equals(EmptyNames.ROOT)) {
            throw EmptyNames.root(name);
          }
          if (name.startsWith(PREFIX)) {
            own.put(name.substring(PREFIX.length()), value);
          }
        });
    return new SettingsReader(own).settings();
  }

  /**
   * Reads everything; the names may come with and without {@code holdfast.}.
   *
   * @throws InvalidSettingException with a text that says what to do
   */
  public static HoldfastSettings readInitParameters(Map<String, String> parameters) {
    Map<String, String> own = new HashMap<>();
    parameters.forEach(
        (name, value) -> {
          String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
          if (own.put(bare, value) != null) {
            throw FlatProperties.invalid(
                bare, "it is set with and without \"holdfast.\"", "Keep one of the two");
          }
        });
    return new SettingsReader(own).settings();
  }

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have: for
   * the Spring starter, which binds the settings itself and has some of its own.
   *
   * @param name with or without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what to do
   */
  public static void requireKnown(String name, String value) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (bare.startsWith("cors.")) {
      throw new InvalidSettingException(
          PREFIX + bare,
          "it is a setting of the servlet filter, and this is Spring",
          "Use http.cors(...) and a CorsConfigurationSource, as docs/dpop.md shows");
    }
    if (!CookieSettingsReader.knows(bare) && !PropertyNames.isOfSpring(bare)) {
      PropertyNames.require(bare, value);
    }
  }

  /**
   * Refuses {@code holdfast} and {@code holdfast.}, which are no settings, and a list or a section
   * that is empty: for an edge that takes other spellings too, before {@link #nameOf}.
   *
   * @param name with {@code holdfast.}, or {@code holdfast} alone
   * @throws InvalidSettingException with a text that says what to do
   */
  public static void requireNoEmptyName(String name, String value) {
    if (name.equals(EmptyNames.ROOT) || name.equals(PREFIX)) {
      throw EmptyNames.root(name);
    }
    EmptyNames.refuseSection(name.substring(PREFIX.length()), value);
  }

  /**
   * The property that an environment variable sets, for an edge that takes settings from the
   * environment: {@code HOLDFAST_TOKENS_ISSUERS_0_AUDIENCES} sets {@code
   * holdfast.tokens.issuers[0].audiences}. Empty for a variable that does not begin with {@code
   * HOLDFAST_}, for Kubernetes' service variables and for {@code HOLDFAST_REQUIRE_…}.
   *
   * @throws InvalidSettingException with the nearest name when it begins with {@code HOLDFAST_} and
   *     sets nothing
   */
  public static Optional<String> propertyOfVariable(String variable) {
    return Optional.ofNullable(VariableNames.propertyOf(variable)).map(PREFIX::concat);
  }

  /**
   * The name of a setting as this class spells it, for an edge that takes other spellings too: the
   * letter case, dashes and underscores within a part of the name do not matter.
   *
   * @param name with {@code holdfast.}
   * @throws InvalidSettingException with the nearest name when there is no such setting
   */
  public static String nameOf(String name) {
    return PREFIX + PropertyNames.ofAnySpelling(name.substring(PREFIX.length()));
  }

  /**
   * Refuses a value that is blank or has a blank element, a number or a duration that is none or
   * out of its bounds, and a word that is none of those that the setting takes: for an edge that
   * binds the settings itself, so that both read alike.
   *
   * @param name with or without {@code holdfast.}
   * @throws InvalidSettingException with a text that says what was read and what to write
   */
  public static void requireReadable(String name, String value) {
    FlatProperties.requireReadable(
        name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, value);
  }

  /** The name of every setting, with {@code holdfast.} and with {@code []} for each index. */
  public static List<String> names() {
    return PropertyNames.shapes().stream().map(PREFIX::concat).toList();
  }

  private HoldfastSettings settings() {
    HoldfastSettings defaults = HoldfastSettings.defaults();
    SourcesReader sources = new SourcesReader(properties);
    DpopReader dpop = new DpopReader(properties);
    return new HoldfastSettings(
        properties.read(
            "policy", defaults.policy(), EnumTexts.expected(EnumTexts.MODES), EnumTexts::mode),
        properties.read("methods", EnumTexts.expected(EnumTexts.METHODS), EnumTexts::method),
        rules(),
        new TokenSettings(
            issuers(),
            cache(defaults.tokens().cache()),
            properties.duration("tokens.clock-skew", defaults.tokens().clockSkew())),
        sources.certificate(defaults.certificate()),
        sources.tokenBinding(defaults.tokenBinding()),
        dpop.dpop(defaults.dpop()),
        sources.proxies(),
        dpop.redis(),
        new CorsSettings(properties.texts("cors.allowed-origins")),
        rolesFrom());
  }

  private RolesFrom rolesFrom() {
    String name = properties.text("roles-from");
    return name == null ? RolesFrom.NONE : new RolesFrom(name);
  }

  private List<RuleSettings> rules() {
    List<RuleSettings> rules = new ArrayList<>();
    for (int i = 0; i < properties.count("rules"); i++) {
      String rule = "rules[" + i + "].";
      BindingPolicy.@Nullable Mode mode =
          properties.text(rule + "policy") == null
              ? null
              : properties.read(
                  rule + "policy",
                  BindingPolicy.Mode.REQUIRED,
                  EnumTexts.expected(EnumTexts.MODES),
                  EnumTexts::mode);
      Set<ConfirmationMethod> methods =
          properties.read(
              rule + "methods", EnumTexts.expected(EnumTexts.METHODS), EnumTexts::method);
      rules.add(
          new RuleSettings(
              paths(rule + "paths"),
              properties.texts(rule + "http-methods"),
              properties.texts(rule + "issuers"),
              mode,
              methods));
    }
    return rules;
  }

  private List<PathPattern> paths(String name) {
    List<PathPattern> patterns = new ArrayList<>();
    for (String path : properties.texts(name)) {
      try {
        patterns.add(PathPattern.parse(path));
      } catch (IllegalArgumentException unreadable) {
        throw FlatProperties.invalid(
            name,
            String.valueOf(unreadable.getMessage()),
            "Write paths such as /payments, /accounts/*/balance or /public/**");
      }
    }
    return patterns;
  }

  private List<IssuerSettings> issuers() {
    List<IssuerSettings> issuers = new ArrayList<>();
    for (int i = 0; i < properties.count("tokens.issuers"); i++) {
      String issuer = "tokens.issuers[" + i + "].";
      String trusted = properties.text(issuer + "trusted-certificates");
      issuers.add(
          new IssuerSettings(
              properties.text(issuer + "issuer"),
              properties.text(issuer + "jwk-set-uri"),
              properties.texts(issuer + "audiences"),
              properties.texts(issuer + "algorithms"),
              properties.texts(issuer + "types"),
              trusted == null
                  ? null
                  : TrustedCertificates.read(PREFIX + issuer + "trusted-certificates", trusted),
              introspection(issuer + "introspection."),
              limits(issuer),
              properties.read(
                  issuer + "allow-plain-http", false, "true or false", EnumTexts::truth)));
    }
    return issuers;
  }

  private IssuerLimits limits(String issuer) {
    IssuerLimits defaults = IssuerLimits.DEFAULTS;
    long calls = properties.number(issuer + "max-concurrent-calls", defaults.maxConcurrentCalls());
    return new IssuerLimits(
        Math.toIntExact(calls),
        properties.duration(issuer + "key-max-age", defaults.keyMaxAge()),
        properties.duration(issuer + "key-max-stale", defaults.keyMaxStale()));
  }

  private @Nullable IntrospectionSettings introspection(String prefix) {
    if (!properties.hasAny(prefix)) {
      return null;
    }
    String authentication = prefix + "client-authentication";
    String written = properties.text(authentication);
    if (written != null && Words.isOfALaterVersion(written)) {
      throw PropertyNames.notYet(PREFIX + authentication + "=" + written);
    }
    return new IntrospectionSettings(
        properties.requiredText(prefix + "uri"),
        properties.requiredText(prefix + "client-id"),
        properties.requiredText(prefix + "client-secret"),
        properties.read(
            authentication,
            ClientAuthentication.BASIC,
            "basic or post",
            EnumTexts::clientAuthentication),
        properties.duration(prefix + "timeout", IntrospectionSettings.DEFAULT_TIMEOUT));
  }

  private CacheSettings cache(CacheSettings defaults) {
    return new CacheSettings(
        properties.duration("tokens.cache.ttl", defaults.ttl()),
        properties.number("tokens.cache.max-entries", defaults.maxEntries()),
        properties.duration("tokens.cache.negative-ttl", defaults.negativeTtl()),
        properties.number("tokens.cache.negative-max-entries", defaults.negativeMaxEntries()));
  }
}

package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.Setting;
import dev.holdfast.configuration.settings.CookieSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Spring starter has beside {@code HoldfastSettings}. The filter for access tokens refuses
 * all of it.
 *
 * @param tokens how tokens of the application's own making are taken
 * @param cookies which cookies are bound to the key that the browser proves
 */
public record SpringSettings(Tokens tokens, CookieSettings cookies) {

  /**
   * {@code tokens}.
   *
   * @param issuers who issues them
   * @param chainsOfOthers names of SecurityFilterChain beans, on WebFlux of SecurityWebFilterChain
   *     and WebFilter beans, whose own bearer filter is meant, and which Holdfast leaves alone; the
   *     line at the start repeats them
   * @param attributesWithoutCnf what it means when an introspector or a converter of your own
   *     returns attributes that have no cnf and are not shown to be the issuer's own answer
   */
  public record Tokens(
      List<Issuer> issuers,
      Set<String> chainsOfOthers,
      @Setting("refuse") AttributesWithoutCnf attributesWithoutCnf) {

    /** Copies the collections. */
    public Tokens {
      issuers = List.copyOf(issuers);
      chainsOfOthers = Set.copyOf(chainsOfOthers);
    }
  }

  /**
   * {@code tokens.issuers[]}.
   *
   * @param sslBundle whom to trust, and with which key to call, when calling this issuer
   */
  public record Issuer(@Setting @Nullable String sslBundle) {}

  /** What attributes of the application's own making say when they have no cnf. */
  public enum AttributesWithoutCnf {
    /** Nothing: the token is refused wherever bindings count. */
    REFUSE,
    /** That the token is bound to no key. */
    UNBOUND
  }
}

package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTrustReader;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;

/**
 * What is set under {@code holdfast.}: the text of each setting, from which the reader of the plain
 * filter makes the same records. Boot's endpoint {@code configprops} shows the texts.
 */
@ConfigurationProperties("holdfast")
public final class HoldfastProperties {
  private static final IssuerTrustReader NO_TRUST = (issuer, bundle, certificates) -> null;

  private final TreeMap<String, String> written;
  private final SpringSettings ofSpring;

  private HoldfastProperties(Map<String, String> written) {
    this.written = new TreeMap<>(written);
    this.ofSpring = SettingsReader.readInSpring(SpringSettings.class, "", written, NO_TRUST);
  }

  public static HoldfastProperties of(Environment environment) {
    return new HoldfastProperties(WrittenSettings.values(environment));
  }

  /** Each setting with its text; for Boot, which asks for nothing else. */
  public Map<String, String> getWritten() {
    return new TreeMap<>(written);
  }

  /** What only the starter has. */
  public SpringSettings ofSpring() {
    return ofSpring;
  }

  /** What the server has to know before the whole is put together. */
  public TokenBindingSettings tokenBinding() {
    return SettingsReader.readInSpring(
        TokenBindingSettings.class, "token-binding.", written, NO_TRUST);
  }

  /**
   * What the filter has too.
   *
   * @param properties of this object, with what Boot's own settings say beside them
   */
  public static HoldfastSettings settings(Map<String, String> properties, IssuerTrustReader trust) {
    HoldfastSettings settings =
        SettingsReader.readInSpring(HoldfastSettings.class, "", properties, trust);
    if (!settings.rolesFrom().equals(RolesFrom.NONE)) {
      throw new InvalidSettingException(
          "holdfast.roles-from",
          "it is for the servlet filter without Spring; here isUserInRole reads the authorities",
          "Remove it, and give the chain a JwtAuthenticationConverter that makes the authorities");
    }
    return settings.withMetadata(settings.metadata().servedWhereNamed(settings.proxies()));
  }

  /** The names alone: a text may be a secret. */
  @Override
  public String toString() {
    return "HoldfastProperties" + written.keySet();
  }
}

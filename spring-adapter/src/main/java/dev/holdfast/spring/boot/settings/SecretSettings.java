package dev.holdfast.spring.boot.settings;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Keeps Holdfast's secrets out of what Boot's endpoints show, {@code show-values=always} or not: by
 * the setting's name in any spelling, and by the secret itself wherever else it stands, such as in
 * the variable that a placeholder names or in the command line.
 */
public final class SecretSettings implements SanitizingFunction {
  /** A shorter one is masked by name only: it could be a part of anything. */
  private static final int SHORTEST = 6;

  /** In letters and digits alone: what is below {@code holdfast} and secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "holdfast.*(secret|password|redisuri|(encryption|decryption|client)key\\d*$"
              + "|(push|poll)authorization).*");

  private static final Pattern NO_SECRET = Pattern.compile("holdfast.*(secretheadername)");

  private final Environment environment;
  private volatile @Nullable Set<String> values;

  SecretSettings(Environment environment) {
    this.environment = environment;
  }

  @Override
  public SanitizableData apply(SanitizableData data) {
    Object value = data.getValue();
    if (value == null) {
      return data;
    }
    boolean secret =
        isSecret(data.getKey()) || known().stream().anyMatch(value.toString()::contains);
    return secret ? data.withSanitizedValue() : data;
  }

  public static boolean isSecret(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return SECRET.matcher(bare).matches() && !NO_SECRET.matcher(bare).matches();
  }

  /** Settings do not change while the application runs. */
  private Set<String> known() {
    Set<String> known = values;
    if (known == null) {
      known = read();
      values = known;
    }
    return known;
  }

  private Set<String> read() {
    Set<String> found = new HashSet<>();
    ConfigurationPropertyName root = ConfigurationPropertyName.of("holdfast");
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        names.stream()
            .filter(name -> root.isAncestorOf(name) && isSecret(name.toString()))
            .forEach(name -> add(found, environment.getProperty(name.toString())));
      }
    }
    return Set.copyOf(found);
  }

  /** Of an address, the password too, which may stand alone elsewhere. */
  private static void add(Set<String> found, @Nullable String text) {
    if (text == null) {
      return;
    }
    int at = text.lastIndexOf('@');
    int colon = at < 0 ? -1 : text.lastIndexOf(':', at);
    for (String secret : new String[] {text, colon < 0 ? text : text.substring(colon + 1, at)}) {
      if (secret.length() >= SHORTEST) {
        found.add(secret);
      }
    }
  }
}

package dev.holdfast.spring;

import dev.holdfast.spring.boot.settings.HoldfastProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the metadata for Boot's tools say of settings. */
final class DescribedSettings {
  private static final Pattern PROPERTY =
      Pattern.compile("\"name\": \"(holdfast[^\"]*)\",\\s+\"type\": \"[a-z.]*\\.(\\w+)\"");

  private DescribedSettings() {}

  /** The settings of these types, the simple names of their classes. */
  static List<String> names(Set<String> types) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            HoldfastProperties.class.getResourceAsStream(
                "/META-INF/spring-configuration-metadata.json"))) {
      Matcher found = PROPERTY.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      List<String> names = new ArrayList<>();
      while (found.find()) {
        if (types.contains(found.group(2))) {
          names.add(found.group(1));
        }
      }
      return names;
    }
  }
}

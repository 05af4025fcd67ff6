package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration: where Holdfast enforces nothing, because the application serves no requests
 * by servlets or has no resource server on its class path, a setting under {@code holdfast.} stops
 * the start. It was meant to protect something.
 */
@AutoConfiguration
@Conditional(HoldfastElsewhereAutoConfiguration.WithoutAnEdge.class)
public final class HoldfastElsewhereAutoConfiguration {
  private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("holdfast");

  /** No setting: it tells this project's tests where vectors lie. */
  private static final String OUTSIDE_VECTORS = "holdfast.outside-vectors";

  @Bean
  static Refusal holdfastRefusal(Environment environment) {
    String setting = settings(environment).findFirst().orElse(null);
    if (setting != null) {
      throw new InvalidSettingException(
          setting,
          "it is set, and Holdfast enforces nothing in this application: it needs a servlet web"
              + " application with Spring Security's OAuth 2.0 resource server on the class path",
          "Run the application as one, or remove every setting under holdfast., or say that nothing"
              + " is to be enforced here by spring.autoconfigure.exclude="
              + HoldfastElsewhereAutoConfiguration.class.getName());
    }
    return new Refusal();
  }

  /** What was set under {@code holdfast.}, by properties and by variables. */
  static Stream<String> settings(Environment environment) {
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .flatMap(HoldfastElsewhereAutoConfiguration::settings);
  }

  private static Stream<String> settings(ConfigurationPropertySource source) {
    WrittenVariables variables = WrittenVariables.in(source);
    if (variables != null) {
      return Arrays.stream(variables.names()).flatMap(name -> settingOf(variables, name));
    }
    Stream<String> properties =
        source instanceof IterableConfigurationPropertySource iterable
            ? iterable.stream()
                .filter(name -> PREFIX.equals(name) || PREFIX.isAncestorOf(name))
                .map(ConfigurationPropertyName::toString)
                .filter(name -> !name.equals(OUTSIDE_VECTORS))
            : Stream.empty();
    return Stream.concat(properties, WrittenVariables.outsideTheEnvironment(source));
  }

  /** A slip in a name was meant as a setting too; Kubernetes' own variables were not. */
  private static Stream<String> settingOf(WrittenVariables variables, String variable) {
    if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".")) {
      return Stream.of(variable);
    }
    try {
      return variables.propertyOf(variable).stream();
    } catch (InvalidSettingException unknown) {
      return Stream.of(variable);
    }
  }

  /** Says that nothing was refused. */
  static final class Refusal {}

  /** Neither of Holdfast's edges is here. */
  static final class WithoutAnEdge extends NoneNestedConditions {
    WithoutAnEdge() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(
        name = {
          "org.springframework.security.config.annotation.web.builders.HttpSecurity",
          "org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter",
          "org.springframework.security.oauth2.jwt.JwtDecoder"
        })
    static final class ServletResourceServer {}
  }
}

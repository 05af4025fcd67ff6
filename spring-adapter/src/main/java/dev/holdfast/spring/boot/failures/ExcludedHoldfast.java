package dev.holdfast.spring.boot.failures;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.BoundCookieAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastElsewhereAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastTokenBindingAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration;
import dev.holdfast.spring.boot.settings.SettingNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationImportListener;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.ResourceLoaderAware;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * Stops the start where Holdfast's auto-configuration is excluded, in whichever way, and something
 * is set that it would enforce. No bean of Holdfast exists then, but Boot tells its listeners what
 * was excluded.
 *
 * <p>Only an application that serves requests by servlets is looked at. In any other one {@link
 * HoldfastElsewhereAutoConfiguration} stops the start, which may be excluded.
 */
final class ExcludedHoldfast
    implements AutoConfigurationImportListener, EnvironmentAware, ResourceLoaderAware {
  private static final String WEB = "org.springframework.web.context.WebApplicationContext";

  /** Each class that enforces something, with the beginning of the settings that it is for. */
  private static final Map<String, String> ENFORCING = new LinkedHashMap<>();

  static {
    ENFORCING.put(HoldfastAutoConfiguration.class.getName(), "holdfast");
    ENFORCING.put(HoldfastWebSecurityAutoConfiguration.class.getName(), "holdfast");
    ENFORCING.put(BoundCookieAutoConfiguration.class.getName(), "holdfast.cookies");
    ENFORCING.put(HoldfastTokenBindingAutoConfiguration.class.getName(), "holdfast.token-binding");
  }

  private @Nullable Environment environment;
  private @Nullable ResourceLoader loader;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void setResourceLoader(ResourceLoader loader) {
    this.loader = loader;
  }

  @Override
  public void onAutoConfigurationImportEvent(AutoConfigurationImportEvent event) {
    if (environment == null || !servesRequests(loader)) {
      return;
    }
    for (Map.Entry<String, String> enforcing : ENFORCING.entrySet()) {
      if (event.getExclusions().contains(enforcing.getKey())) {
        refuse(enforcing.getKey(), enforcing.getValue(), environment);
      }
    }
  }

  private static boolean servesRequests(@Nullable ResourceLoader loader) {
    return loader != null
        && ClassUtils.isPresent(WEB, loader.getClassLoader())
        && loader instanceof WebApplicationContext;
  }

  private static void refuse(String excluded, String prefix, Environment environment) {
    SettingNames.in(environment)
        .filter(setting -> begins(setting, prefix))
        .findFirst()
        .ifPresent(
            setting -> {
              throw new InvalidSettingException(
                  setting,
                  "it is set, and "
                      + excluded
                      + " is excluded, so that Holdfast does not enforce it",
                  "Take the class out of spring.autoconfigure.exclude or of the exclude of your"
                      + " annotation, or remove every setting under "
                      + prefix
                      + "., or set holdfast.policy=off where bindings are not to be looked at");
            });
  }

  /** A variable that nobody knows may be meant as any setting. */
  private static boolean begins(String setting, String prefix) {
    return setting.startsWith(prefix + ".") || !setting.startsWith("holdfast.");
  }
}

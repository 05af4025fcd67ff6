package dev.holdfast.spring.boot.assembly;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.spring.boot.issuers.BootIssuers;
import dev.holdfast.spring.boot.issuers.IssuerEntries;
import dev.holdfast.spring.boot.issuers.IssuerTrust;
import dev.holdfast.spring.boot.redis.BootRedis;
import dev.holdfast.spring.boot.redis.RedisUri;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** What decides, made from {@code holdfast.} and from Boot's own settings beside it. */
public final class BootAssembly {
  private BootAssembly() {}

  /**
   * Reads the settings and has it made.
   *
   * @param make for this kind of web application
   * @throws InvalidSettingException with the names that were written
   */
  public static Assembly of(
      HoldfastProperties properties,
      Environment environment,
      ObjectProvider<SslBundles> bundles,
      BeanFactory beans,
      Function<HoldfastSettings, Assembly> make) {
    IssuerEntries issuers = IssuerEntries.of(properties.getWritten(), new BootIssuers(environment));
    BootRedis redis = new BootRedis(environment, bundles, beans);
    try {
      HoldfastSettings settings =
          HoldfastProperties.settings(issuers.settings(), new IssuerTrust(bundles));
      issuers.names().add(RedisUri.OURS, redis.written(settings));
      return make.apply(redis.applyTo(settings));
    } catch (InvalidSettingException complaint) {
      throw issuers.names().in(complaint);
    }
  }
}

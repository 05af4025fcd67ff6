package dev.holdfast.spring.boot.redis;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.address.RedisTls;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Boot's {@code spring.data.redis}, read as Boot reads it. */
final class RedisProperties {
  static final String PREFIX = "spring.data.redis.";

  private static final Pattern CLIENT_NAME = Pattern.compile("[!-~]{1,200}");

  private final Environment environment;
  private final ObjectProvider<SslBundles> bundles;

  RedisProperties(Environment environment, ObjectProvider<SslBundles> bundles) {
    this.environment = environment;
    this.bundles = bundles;
  }

  /** The name of what says where Redis is; null when nothing does. */
  @Nullable String whereItIs() {
    if (isSet("sentinel")) {
      return PREFIX + "sentinel";
    }
    if (isSet("cluster")) {
      return PREFIX + "cluster";
    }
    if (text("url") != null) {
      return PREFIX + "url";
    }
    return text("host") == null ? null : PREFIX + "host";
  }

  /**
   * Null when nothing says where it is. Sentinels come before a cluster, and that before a host.
   */
  @Nullable ApplicationRedis connection() {
    String where = whereItIs();
    if (isSet("masterreplica")) {
      throw RedisUri.notTakenOver(PREFIX + "masterreplica");
    }
    if (where == null) {
      return null;
    }
    SslBundle bundle = bundle();
    String url = text("url");
    boolean tls = bundle != null || isTls();
    if (where.equals(PREFIX + "url")) {
      return new ApplicationRedis(url(String.valueOf(url), tls), null, null, bundle);
    }
    RedisUri uri =
        url == null ? new RedisUri(tls, text("username"), text("password")) : of(url, tls);
    if (where.equals(PREFIX + "sentinel")) {
      String primary = text("sentinel.master");
      if (primary == null) {
        throw missing("sentinel.master");
      }
      return new ApplicationRedis(
          uri.sentinels(nodes("sentinel.nodes"), database(url), primary),
          text("sentinel.username"),
          text("sentinel.password"),
          bundle);
    }
    return new ApplicationRedis(
        where.equals(PREFIX + "cluster")
            ? uri.cluster(nodes("cluster.nodes"))
            : uri.server(String.valueOf(text("host")), port(), database(null)),
        null,
        null,
        bundle);
  }

  /** How long to wait, and under which name, whoever says where Redis is. */
  RedisOptions options(@Nullable SslBundle bundle) {
    RedisOptions options = RedisOptions.DEFAULTS;
    options = within(options, "timeout", options::withDeadline);
    options = within(options, "connect-timeout", options::withConnectLimit);
    String name = text("client-name");
    if (name != null && !CLIENT_NAME.matcher(name).matches()) {
      throw RedisUri.notTakenOver(PREFIX + "client-name", "Redis takes no blank in such a name");
    }
    return options.withClientName(name).withTls(bundle == null ? RedisTls.DEFAULTS : tls(bundle));
  }

  private RedisOptions within(
      RedisOptions options, String name, Function<Duration, RedisOptions> with) {
    Duration value = Binder.get(environment).bind(PREFIX + name, Duration.class).orElse(null);
    try {
      return value == null ? options : with.apply(value);
    } catch (IllegalArgumentException beyond) {
      throw RedisUri.notTakenOver(PREFIX + name, "for the replay guard " + beyond.getMessage());
    }
  }

  private static RedisTls tls(SslBundle bundle) {
    return new RedisTls(
        bundle.getManagers().getKeyManagerFactory(),
        bundle.getManagers().getTrustManagerFactory(),
        list(bundle.getOptions().getCiphers()),
        list(bundle.getOptions().getEnabledProtocols()));
  }

  private static List<String> list(String @Nullable [] names) {
    return names == null ? List.of() : List.of(names);
  }

  /** As Boot has it: a bundle switches TLS on, unless it is switched off. */
  private @Nullable SslBundle bundle() {
    String name = text("ssl.bundle");
    if (name == null || Boolean.FALSE.equals(tlsProperty())) {
      return null;
    }
    SslBundles all = bundles.getIfAvailable();
    try {
      if (all != null) {
        return all.getBundle(name);
      }
    } catch (NoSuchSslBundleException unknown) {
      // as without any bundle
    }
    throw new InvalidSettingException(
        PREFIX + "ssl.bundle",
        "there is no SSL bundle \"" + name + "\"",
        "Define it under spring.ssl.bundle, or set " + RedisUri.OURS);
  }

  private boolean isTls() {
    return Boolean.TRUE.equals(tlsProperty());
  }

  private @Nullable Boolean tlsProperty() {
    return environment.getProperty(PREFIX + "ssl.enabled", Boolean.class);
  }

  /** As Boot has it: TLS is spoken when either says so. */
  private static String url(String url, boolean tls) {
    String plain = "redis://";
    return tls && url.toLowerCase(Locale.ROOT).startsWith(plain)
        ? "rediss://" + url.substring(plain.length())
        : url;
  }

  /** As Boot has it: beside sentinels or a cluster, a URL says who speaks, and whether over TLS. */
  private static RedisUri of(String url, boolean tls) {
    URI parsed = parsed(url);
    String login = parsed.getUserInfo() == null ? "" : parsed.getUserInfo();
    int colon = login.indexOf(':');
    return new RedisUri(
        tls || "rediss".equalsIgnoreCase(parsed.getScheme()),
        colon > 0 ? login.substring(0, colon) : null,
        login.isEmpty() ? null : login.substring(colon + 1));
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // without the cause, whose text repeats the password
      throw RedisUri.notTakenOver(PREFIX + "url", "it is no URL");
    }
  }

  private int port() {
    return environment.getProperty(PREFIX + "port", Integer.class, 6379);
  }

  private int database(@Nullable String url) {
    if (url == null) {
      return environment.getProperty(PREFIX + "database", Integer.class, 0);
    }
    String path = String.valueOf(parsed(url).getPath());
    return path.matches("/[0-9]{1,4}") ? Integer.parseInt(path.substring(1)) : 0;
  }

  /** {@code host:port} each. */
  private List<String> nodes(String name) {
    List<String> nodes =
        Binder.get(environment)
            .bind(PREFIX + name, Bindable.listOf(String.class))
            .orElse(List.of());
    if (nodes.isEmpty()) {
      throw missing(name);
    }
    return nodes.stream().map(node -> node(name, node.strip())).toList();
  }

  private static String node(String name, String node) {
    int colon = node.lastIndexOf(':');
    if (colon < 1 || !node.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw RedisUri.notTakenOver(PREFIX + name, "a node is no host:port");
    }
    return RedisUri.server(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1)));
  }

  private static InvalidSettingException missing(String name) {
    return RedisUri.notTakenOver(
        PREFIX + name, "it is missing, and other settings beside it are not");
  }

  /** In any spelling, the value itself or anything below it. */
  private boolean isSet(String name) {
    Binder binder = Binder.get(environment);
    return text(name) != null
        || binder.bind(PREFIX + name, Bindable.mapOf(String.class, Object.class)).isBound();
  }

  private @Nullable String text(String name) {
    return Binder.get(environment)
        .bind(PREFIX + name, String.class)
        .map(value -> StringUtils.hasText(value) ? value : null)
        .orElse(null);
  }
}

package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Finds what writes the certificate of a header where the container has that of the connection, so
 * that nobody behind it can tell them apart: Tomcat's {@code SSLValve}. Other containers' like
 * cannot be seen from here, nor can that of another version of Tomcat.
 */
public final class HeaderValves {
  private static final String FACADE = "org.apache.catalina.core.ApplicationContextFacade";
  private static final String CONTAINER = "org.apache.catalina.Container";
  private static final String PIPELINE = "org.apache.catalina.Pipeline";
  private static final String SSL_VALVE = "org.apache.catalina.valves.SSLValve";

  private HeaderValves() {}

  /** Whose certificates are believed because the container says that a handshake proved them. */
  public enum Reliance {
    /** The clients'. */
    CLIENTS(
        "holdfast.certificate.source",
        "is tls",
        "Remove the valve; behind a proxy that ends TLS, set holdfast.certificate.source=header"),
    /** The proxies' own. */
    PROXIES(
        "holdfast.proxies.certificates",
        "asks for the proxy's own certificate",
        "Remove the valve: nothing of Holdfast's needs it"),
    /** Nobody's. */
    NOBODY("", "", "");

    private final String setting;
    private final String demand;
    private final String remedy;

    Reliance(String setting, String demand, String remedy) {
      this.setting = setting;
      this.demand = demand;
      this.remedy = remedy;
    }

    public static Reliance of(HoldfastSettings settings) {
      if (settings.certificate().source() == CertificateSettings.CertificateSource.TLS) {
        return CLIENTS;
      }
      return settings.proxies().certificates().isEmpty() ? NOBODY : PROXIES;
    }
  }

  /**
   * Refuses a context in which anybody's header would count as a handshake, where handshakes count.
   *
   * @throws InvalidSettingException when such a valve is in its pipeline, its host's or its
   *     engine's
   */
  public static void refuse(@Nullable ServletContext context, Reliance reliance) {
    if (reliance == Reliance.NOBODY
        || context == null
        || !context.getClass().getName().equals(FACADE)) {
      return;
    }
    boolean found;
    try {
      found = isBehindSslValve(context);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return;
    }
    if (found) {
      throw new InvalidSettingException(
          reliance.setting,
          reliance.demand
              + ", and Tomcat's SSLValve takes the certificate from a header, which anybody can send",
          reliance.remedy);
    }
  }

  private static boolean isBehindSslValve(ServletContext facade)
      throws ReflectiveOperationException {
    ClassLoader tomcat = facade.getClass().getClassLoader();
    Class<?> containers = Class.forName(CONTAINER, false, tomcat);
    Class<?> pipelines = Class.forName(PIPELINE, false, tomcat);
    Class<?> sslValve = Class.forName(SSL_VALVE, false, tomcat);
    Object container = inner(inner(facade));
    while (container != null) {
      Object pipeline = containers.getMethod("getPipeline").invoke(container);
      for (Object valve : (Object[]) pipelines.getMethod("getValves").invoke(pipeline)) {
        if (sslValve.isInstance(valve)) {
          return true;
        }
      }
      container = containers.getMethod("getParent").invoke(container);
    }
    return false;
  }

  /** The facade's application context, and that one's container: both call it the same. */
  private static Object inner(Object wrapper) throws ReflectiveOperationException {
    Field field = wrapper.getClass().getDeclaredField("context");
    field.setAccessible(true);
    return field.get(wrapper);
  }
}

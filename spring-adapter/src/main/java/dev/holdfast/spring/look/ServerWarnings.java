package dev.holdfast.spring.look;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.spring.answers.OwnSchemes;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Warns of a server that cannot give what the settings count on. Only Boot's own servers are looked
 * at: in a container, and behind a proxy that is trusted, others see to it.
 */
public final class ServerWarnings {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private ServerWarnings() {}

  /** Logs what is to be said, once the server has its port. */
  public static void log(Environment environment, Assembly assembly) {
    boolean isServedByBoot = StringUtils.hasText(environment.getProperty("local.server.port"));
    if (!isServedByBoot || !assembly.settings().proxies().trusted().isEmpty()) {
      return;
    }
    boolean countsOnCertificates =
        assembly.settings().certificate().source() == CertificateSettings.CertificateSource.TLS
            && assembly.policy().requirements().stream().anyMatch(ServerWarnings::isCertificates);
    Map<String, String> ssl =
        Binder.get(environment)
            .bind("server.ssl", Bindable.mapOf(String.class, String.class))
            .orElseGet(Map::of);
    if (ssl.values().stream().noneMatch(StringUtils::hasText)
        || "false".equalsIgnoreCase(ssl.get("enabled"))) {
      LOG.warn(
          "no TLS and no trusted proxy: access tokens travel unprotected, as server.ssl.* and"
              + " holdfast.proxies.trusted are not set"
              + (countsOnCertificates
                  ? ", and no client can show a certificate. Set them, or"
                      + " holdfast.certificate.source=none where only "
                      + OwnSchemes.NAMES
                      + " is meant"
                  : ""));
    } else if (countsOnCertificates && asksForNoCertificate(environment)) {
      LOG.warn(
          "server.ssl.client-auth is not set: no client is asked for its certificate, and tokens"
              + " that are bound to one are refused. Set it to want, or"
              + " holdfast.certificate.source=none where only "
              + OwnSchemes.NAMES
              + " is meant");
    }
  }

  private static boolean isCertificates(Requirement requirement) {
    return requirement.mode() != Requirement.Mode.OFF
        && requirement.methods().contains(ConfirmationMethod.CERTIFICATE);
  }

  private static boolean asksForNoCertificate(Environment environment) {
    String auth =
        Binder.get(environment).bind("server.ssl.client-auth", String.class).orElse("none");
    return auth.equalsIgnoreCase("none");
  }
}

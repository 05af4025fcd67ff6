package dev.holdfast.configuration.checks;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CertificateHeaderSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.http.SecretHeader;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.tokenbinding.TokenBindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a header that is to be believed and has another meaning already: in HTTP, as a credential
 * or by another setting. Holdfast hides such a header from the application when a stranger sends
 * it, and a proxy that sets it would overwrite what the client sent. Names that differ in their
 * punctuation alone are one name, as many programs take them.
 */
public final class HeaderNameChecks {
  private static final String CERTIFICATE = "holdfast.certificate.header";
  private static final String X_FORWARDED = "x-forwarded-";

  /** Credentials, and what carries them here (RFC 9110, 6265, 8473). */
  private static final Set<String> CREDENTIALS =
      names(
          "authorization proxy-authorization cookie set-cookie www-authenticate"
              + " sec-token-binding");

  /** What HTTP, its extensions and browsers put into requests. */
  private static final Set<String> HTTP =
      names(
          "host connection keep-alive proxy-connection transfer-encoding te trailer upgrade"
              + " content-length content-type content-encoding content-language content-location"
              + " content-range content-disposition content-digest accept accept-charset"
              + " accept-encoding accept-language accept-datetime range if-match if-none-match"
              + " if-modified-since if-unmodified-since if-range expect date via max-forwards from"
              + " referer user-agent origin cache-control pragma warning forwarded prefer priority"
              + " early-data alt-used http2-settings upgrade-insecure-requests dnt"
              + " access-control-request-method access-control-request-headers last-event-id"
              + " sec-websocket-key sec-websocket-version sec-websocket-protocol"
              + " sec-websocket-extensions sec-fetch-site sec-fetch-mode sec-fetch-dest"
              + " sec-fetch-user traceparent tracestate");

  /** {@code X-Forwarded-…}, except for those in which Envoy and Traefik hand on certificates. */
  private static final Set<String> FORWARDING =
      names("for host port proto protocol scheme prefix server ssl by");

  /** A header that is believed, and the setting that says so. */
  private record Believed(String setting, String name) {}

  private HeaderNameChecks() {}

  private static Set<String> names(String text) {
    return Set.of(text.split(" ", -1));
  }

  /**
   * Looks at the names that were written, then at all that are believed.
   *
   * @param header what reads the certificate; null where no header has it
   * @param tokenBindings null where they have no source
   */
  public static void check(
      HoldfastSettings settings,
      @Nullable CertificateHeader header,
      @Nullable TokenBindings tokenBindings) {
    CertificateHeaderSettings certificate = settings.certificate().header();
    if (certificate != null) {
      requireFree(CERTIFICATE + ".name", certificate.name());
      requireFree(CERTIFICATE + ".verify-name", certificate.verifyName());
    }
    List<Believed> believed = new ArrayList<>();
    if (header != null) {
      header.headerNames().stream().sorted().forEach(name -> add(believed, CERTIFICATE, name));
    }
    if (tokenBindings != null) {
      for (String name : tokenBindings.headerNames()) {
        add(believed, "holdfast.token-binding.source", name);
      }
    }
    ProxySettings proxies = settings.proxies();
    String original = proxies.originalUriHeader();
    if (original != null) {
      requireFree("holdfast.proxies.original-uri-header", original);
      add(believed, "holdfast.proxies.original-uri-header", original);
    }
    SecretHeader secret = proxies.secretHeader();
    if (secret != null) {
      requireFree("holdfast.proxies.secret-header.name", secret.name());
      add(believed, "holdfast.proxies.secret-header.name", secret.name());
    }
  }

  private static void add(List<Believed> believed, String setting, String name) {
    for (Believed other : believed) {
      if (folded(other.name()).equals(folded(name))) {
        throw new InvalidSettingException(
            setting,
            "it names the header " + name + ", which " + other.setting() + " names as well",
            "Let your proxy use a header of its own for each of the two");
      }
    }
    believed.add(new Believed(setting, name));
  }

  private static void requireFree(String setting, @Nullable String name) {
    if (name == null) {
      return;
    }
    String folded = folded(name);
    String meaning = null;
    if (CREDENTIALS.contains(folded) || isOfAMethod(folded)) {
      meaning = "carries credentials";
    } else if (HTTP.contains(folded)) {
      meaning = "has a meaning of its own in HTTP";
    } else if (folded.startsWith(X_FORWARDED)
        && FORWARDING.contains(folded.substring(X_FORWARDED.length()))) {
      meaning = "says what the client of a proxy asked for";
    }
    if (meaning != null) {
      throw new InvalidSettingException(
          setting,
          "the header " + name + " " + meaning,
          "Write the name of a header that your proxy sets for this alone");
    }
  }

  /** What a mechanism reads in a request or answers (RFC 9449). */
  private static boolean isOfAMethod(String folded) {
    return ConfirmationMethod.all().stream()
        .flatMap(
            method ->
                Stream.concat(method.requestHeaders().stream(), method.responseHeaders().stream()))
        .anyMatch(name -> folded(name).equals(folded));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
  }
}

package dev.holdfast.configuration.checks;

import dev.holdfast.Sha256Digest;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.ProxyTrust;
import dev.holdfast.http.SecretHeader;
import dev.holdfast.internal.net.AddressRange;
import dev.holdfast.internal.net.AddressRanges;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whom to trust, and refuses trust that cannot be safe. */
public final class ProxyChecks {
  private static final String TRUSTED = "holdfast.proxies.trusted";
  private static final String CERTIFICATES = "holdfast.proxies.certificates";
  private static final String SECRET = "holdfast.proxies.secret-header.";
  private static final String EXTERNAL_URI = "holdfast.proxies.external-uri";
  private static final String ORIGINAL_URI = "holdfast.proxies.original-uri-header";
  private static final Pattern BASE_URI =
      Pattern.compile("https?://[^/?#@,\\s\"<>\\\\^`{|}]+(/[^?#\\s\"<>\\\\^`{|}]*)?");
  private static final String EXAMPLE = "such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32";
  private static final int SHORTEST_SECRET = 16;
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[0-9A-Fa-f]{64}|([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}");

  private ProxyChecks() {}

  public static ProxyTrust check(HoldfastSettings settings) {
    ProxySettings proxies = settings.proxies();
    requireSomeone(settings);
    checkExternalUri(proxies);
    checkOriginalUriHeader(proxies.originalUriHeader());
    AddressRanges networks = networks(proxies);
    return new ProxyTrust(
        networks, certificates(proxies.certificates()), secret(proxies.secretHeader()));
  }

  private static void requireSomeone(HoldfastSettings settings) {
    ProxySettings proxies = settings.proxies();
    if (!proxies.trusted().isEmpty()) {
      return;
    }
    String asking = null;
    if (settings.certificate().source() == CertificateSettings.CertificateSource.HEADER) {
      asking = "holdfast.certificate.source=header";
    } else if (settings.tokenBinding().source() == TokenBindingSettings.TokenBindingSource.HEADER) {
      asking = "holdfast.token-binding.source=header";
    } else if (proxies.trustEveryone()) {
      asking = "holdfast.proxies.trust-everyone";
    } else if (!proxies.certificates().isEmpty()) {
      asking = CERTIFICATES;
    } else if (proxies.secretHeader() != null) {
      asking = SECRET + "name";
    } else if (proxies.forwarding() != Forwarding.NONE) {
      asking = "holdfast.proxies.forwarding";
    } else if (proxies.originalUriHeader() != null) {
      asking = ORIGINAL_URI;
    }
    if (asking != null) {
      throw new InvalidSettingException(
          TRUSTED,
          asking + " is set, and no proxy is trusted",
          "Name the addresses that your proxy connects from, " + EXAMPLE);
    }
  }

  private static void checkExternalUri(ProxySettings proxies) {
    String uri = proxies.externalUri();
    if (uri == null) {
      return;
    }
    if (proxies.forwarding() != Forwarding.NONE) {
      throw new InvalidSettingException(
          EXTERNAL_URI,
          "holdfast.proxies.forwarding is set as well, and they may disagree",
          "Keep one of the two");
    }
    if (!BASE_URI.matcher(uri).matches() || uri.indexOf("://") != uri.lastIndexOf("://")) {
      throw new InvalidSettingException(
          EXTERNAL_URI,
          "\"" + uri + "\" is no base of a target URI",
          "Write scheme, host and, if need be, port and path, such as https://api.example/v1");
    }
  }

  private static void checkOriginalUriHeader(@Nullable String name) {
    if (name != null && !FIELD_NAME.matcher(name).matches()) {
      throw new InvalidSettingException(
          ORIGINAL_URI,
          "\"" + name + "\" is no header's name",
          "Write the name of the header that your proxy sets to the target as its client wrote it,"
              + " such as X-Original-URI");
    }
  }

  private static AddressRanges networks(ProxySettings proxies) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : proxies.trusted()) {
      try {
        ranges.add(AddressRange.parse(text));
      } catch (IllegalArgumentException unreadable) {
        InvalidSettingException invalid =
            new InvalidSettingException(
                TRUSTED, String.valueOf(unreadable.getMessage()), "Write addresses " + EXAMPLE);
        invalid.initCause(unreadable);
        throw invalid;
      }
    }
    AddressRanges networks = new AddressRanges(ranges);
    if (!proxies.trustEveryone() && networks.holdEveryone()) {
      throw new InvalidSettingException(
          TRUSTED,
          "these networks leave nobody out, so that anybody could forge a proxy's headers",
          "Name the addresses that your proxy connects from; if nobody else can connect at all, set"
              + " holdfast.proxies.trust-everyone=true");
    }
    return networks;
  }

  private static Set<Sha256Digest> certificates(Set<String> texts) {
    Set<Sha256Digest> digests = new LinkedHashSet<>();
    for (String text : texts) {
      Sha256Digest digest =
          HEXADECIMAL.matcher(text).matches()
              ? Sha256Digest.ofBytes(HexFormat.of().parseHex(text.replace(":", "")), 0)
              : Sha256Digest.parse(text).orElse(null);
      if (digest == null) {
        throw new InvalidSettingException(
            CERTIFICATES,
            "\"" + text + "\" is no SHA-256 thumbprint",
            "Write 43 characters of base64url, or what \"openssl x509 -fingerprint -sha256\" prints"
                + " after its equals sign");
      }
      digests.add(digest);
    }
    return digests;
  }

  private static @Nullable SecretHeader secret(@Nullable SecretHeader header) {
    if (header == null) {
      return null;
    }
    if (!FIELD_NAME.matcher(header.name()).matches()) {
      throw new InvalidSettingException(
          SECRET + "name", "it is no header's name", "Write a name such as X-Proxy-Secret");
    }
    if (header.value().length() < SHORTEST_SECRET || !VISIBLE.matcher(header.value()).matches()) {
      throw new InvalidSettingException(
          SECRET + "value",
          "it is shorter than "
              + SHORTEST_SECRET
              + " characters, or has others than visible ASCII ones",
          "Write a random value, such as 32 hexadecimal digits");
    }
    return header;
  }
}

package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import dev.holdfast.configuration.IssuerTrustReader;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Whom to trust when an issuer is called: an SSL bundle of Boot's, or a PEM file. */
public final class IssuerTrust implements IssuerTrustReader {
  private final ObjectProvider<SslBundles> bundles;

  public IssuerTrust(ObjectProvider<SslBundles> bundles) {
    this.bundles = bundles;
  }

  /**
   * What it says, or null for the JVM's own trust.
   *
   * @param name the issuer's name in the settings
   */
  @Override
  public @Nullable IssuerTls of(
      String name, @Nullable String bundle, @Nullable String certificates) {
    if (bundle != null && certificates != null) {
      throw new InvalidSettingException(
          name,
          "ssl-bundle and trusted-certificates are both set",
          "Keep the one that says whom to trust");
    }
    if (bundle != null) {
      return ofBundle(name + ".ssl-bundle", bundle);
    }
    return certificates == null ? null : ofFile(name + ".trusted-certificates", certificates);
  }

  private IssuerTls ofBundle(String name, String bundle) {
    SslBundles all = bundles.getIfAvailable();
    try {
      if (all != null) {
        return changing(all, bundle);
      }
    } catch (NoSuchSslBundleException unknown) {
      // as without any bundle
    }
    throw new InvalidSettingException(
        name, "there is no SSL bundle \"" + bundle + "\"", "Define it under spring.ssl.bundle");
  }

  /** A bundle with {@code reload-on-update} brings another context when its files change. */
  private static IssuerTls changing(SslBundles all, String name) {
    SslBundle bundle = all.getBundle(name);
    AtomicReference<SSLContext> context = new AtomicReference<>(bundle.createSslContext());
    all.addBundleUpdateHandler(name, updated -> context.set(updated.createSslContext()));
    return IssuerTls.changing(
        () -> Objects.requireNonNull(context.get()), bundle.getStores().getKeyStore() != null);
  }

  private static IssuerTls ofFile(String name, String certificates) {
    String location = certificates.contains(":") ? certificates : "file:" + certificates;
    try {
      SslBundle bundle =
          SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificates(location)));
      return IssuerTls.trusting(bundle.createSslContext(), bundle.getManagers().getTrustManagers());
    } catch (RuntimeException unreadable) {
      throw new InvalidSettingException(
          name,
          "no certificate can be read from \"" + location + "\": " + rootOf(unreadable),
          "Name a PEM file with one or more certificates, as a path or with file: or classpath:");
    }
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(root.getMessage());
  }
}

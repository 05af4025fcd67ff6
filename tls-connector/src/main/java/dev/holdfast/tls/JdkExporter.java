package dev.holdfast.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * {@code ExtendedSSLSession.exportKeyingMaterialData}, which JDK 25 has and this build, for 17, has
 * not. Public API, found by its name and called by a method handle.
 */
final class JdkExporter {
  private static final System.Logger LOG = System.getLogger("dev.holdfast");
  private static final String LABEL = "EXPORTER-Token-Binding";
  private static final int LENGTH = 32;
  private static final @Nullable MethodHandle EXPORT = find();

  private JdkExporter() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              ExtendedSSLSession.class,
              "exportKeyingMaterialData",
              MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
    } catch (NoSuchMethodException | IllegalAccessException before25) {
      return null;
    }
  }

  static boolean isThere() {
    return EXPORT != null;
  }

  /**
   * What this session exports at this moment; null when it does not, above all in TLS 1.2 without
   * extended master secret.
   */
  static byte @Nullable [] export(@Nullable SSLSession session) {
    MethodHandle export = EXPORT;
    if (export == null || !(session instanceof ExtendedSSLSession extended)) {
      return null;
    }
    try {
      // no context differs from an empty one in TLS 1.2
      byte[] bytes = (byte[]) export.invokeExact(extended, LABEL, (byte[]) null, LENGTH);
      return bytes.length == LENGTH ? bytes : null;
    } catch (SSLException | RuntimeException refused) {
      LOG.log(System.Logger.Level.DEBUG, "no keying material for Token Binding", refused);
      return null;
    } catch (Error failure) {
      throw failure;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }
}

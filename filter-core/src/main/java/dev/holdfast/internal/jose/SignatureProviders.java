package dev.holdfast.internal.jose;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.IdleObjects;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which provider checks the signatures of which algorithm, key factory and signature together, so
 * that no provider is handed another one's key. A null provider stands for the platform's choice.
 *
 * <p>The JVM's own list of providers is neither changed nor asked first: what is on the class path
 * is enough.
 */
public final class SignatureProviders {
  private static final Logger LOG = ApplicationLog.named("dev.holdfast");

  private final Map<SigningAlgorithm, Provider> chosen = new EnumMap<>(SigningAlgorithm.class);
  private final Map<SigningAlgorithm, IdleObjects<Signature>> idle =
      new EnumMap<>(SigningAlgorithm.class);

  private SignatureProviders(
      List<Provider> preferred, BiPredicate<Provider, SigningAlgorithm> isWanted) {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      idle.put(algorithm, new IdleObjects<>());
      for (Provider provider : preferred) {
        if (isWanted.test(provider, algorithm) && takes(provider, algorithm)) {
          chosen.put(algorithm, provider);
          break;
        }
      }
    }
  }

  /** The choice of this process: made, and logged in one line, at the first call. */
  public static SignatureProviders ofThisProcess() {
    return OfThisProcess.CHOICE;
  }

  /** For each algorithm the first of these that has it, else the platform's own. */
  public static SignatureProviders preferring(List<Provider> providers) {
    return new SignatureProviders(providers, (provider, algorithm) -> true);
  }

  @Nullable Provider of(SigningAlgorithm algorithm) {
    return chosen.get(algorithm);
  }

  /** Makes keys that {@link #signature} of the same algorithm takes. */
  public KeyFactory keyFactory(SigningAlgorithm algorithm) throws GeneralSecurityException {
    Provider provider = of(algorithm);
    return provider == null
        ? KeyFactory.getInstance(algorithm.keyFactoryName())
        : KeyFactory.getInstance(algorithm.keyFactoryName(), provider);
  }

  /** A new one with the algorithm's parameters. */
  public Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
    Provider provider = of(algorithm);
    Signature signature =
        provider == null
            ? Signature.getInstance(algorithm.signatureName())
            : Signature.getInstance(algorithm.signatureName(), provider);
    if (algorithm.parameters() != null) {
      signature.setParameter(algorithm.parameters());
    }
    return signature;
  }

  /** One that may have checked signatures before, for the caller alone. */
  Signature borrow(SigningAlgorithm algorithm) throws GeneralSecurityException {
    Signature known = idle(algorithm).take();
    return known == null ? signature(algorithm) : known;
  }

  /** Takes one back whose last check held, so that nothing of another check is left in it. */
  void giveBack(SigningAlgorithm algorithm, Signature signature) {
    idle(algorithm).giveBack(signature);
  }

  private IdleObjects<Signature> idle(SigningAlgorithm algorithm) {
    return Objects.requireNonNull(idle.get(algorithm));
  }

  private static boolean takes(Provider provider, SigningAlgorithm algorithm) {
    try {
      KeyFactory.getInstance(algorithm.keyFactoryName(), provider);
      Signature signature = Signature.getInstance(algorithm.signatureName(), provider);
      if (algorithm.parameters() != null) {
        signature.setParameter(algorithm.parameters());
      }
      return true;
    } catch (GeneralSecurityException | LinkageError | RuntimeException lacking) {
      return false; // for example a native library that does not fit this machine
    }
  }

  /** For example {@code ES256 by BC}; for the log. */
  @Override
  public String toString() {
    List<String> choices = new ArrayList<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      Provider provider = of(algorithm);
      choices.add(algorithm.text() + " by " + (provider == null ? "JDK" : provider.getName()));
    }
    return String.join(", ", choices);
  }

  /** Initialised at its first use. */
  private static final class OfThisProcess {
    private static final SignatureProviders CHOICE = choose();

    private static SignatureProviders choose() {
      SignatureProviders choice =
          new SignatureProviders(FastProviders.onTheClassPath(), FastProviders::isFaster);
      LOG.log(Level.INFO, "signatures are checked: {0}", choice);
      return choice;
    }
  }
}

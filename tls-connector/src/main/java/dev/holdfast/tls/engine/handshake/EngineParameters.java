package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ServerCipherSuite;
import dev.holdfast.tls.engine.crypto.ServerGroup;
import dev.holdfast.tls.engine.crypto.ServerVersion;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AlgorithmConstraints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/** What containers set on an engine before its handshake. */
public final class EngineParameters {
  private static final ProtocolVersion[] VERSIONS = ServerVersion.values(ServerVersion.ENABLED);

  private static final @Nullable MethodHandle NAMED_GROUPS = namedGroups();

  public enum ClientCertificateRequest {
    NONE,
    WANT,
    NEED
  }

  private final TlsCrypto crypto;
  private final List<String> supportedSuites;

  private List<String> protocols = ServerVersion.ENABLED;
  private ProtocolVersion[] versions = VERSIONS;
  private List<String> cipherSuites;
  private int[] cipherSuiteValues;
  private int[] groups;
  private List<String> applicationProtocols = List.of();
  private @Nullable BiFunction<SSLEngine, List<String>, String> selector;
  private Collection<SNIMatcher> sniMatchers = List.of();
  private @Nullable String identification;
  private @Nullable AlgorithmConstraints constraints;
  private ClientCertificateRequest clientCertificateRequest = ClientCertificateRequest.NONE;
  private volatile List<Integer> keyParameters;
  private boolean ownOrder = true;
  private boolean sessionCreation = true;

  EngineParameters(
      TlsCrypto crypto, List<String> supportedSuites, int[] groups, List<Integer> keyParameters) {
    this.crypto = crypto;
    this.keyParameters = keyParameters;
    this.supportedSuites = supportedSuites;
    this.cipherSuites = supportedSuites;
    this.cipherSuiteValues = ServerCipherSuite.values(supportedSuites);
    this.groups = groups.clone();
  }

  /** {@code SSLParameters.getNamedGroups}, which JDK 20 and later have. */
  private static @Nullable MethodHandle namedGroups() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              SSLParameters.class, "getNamedGroups", MethodType.methodType(String[].class));
    } catch (NoSuchMethodException | IllegalAccessException before20) {
      return null;
    }
  }

  /** Takes over what is set; null means unchanged, as with the JDK's engines. */
  public void set(SSLParameters given) {
    if (given.getProtocols() != null) {
      setProtocols(given.getProtocols());
    }
    if (given.getCipherSuites() != null) {
      setCipherSuites(given.getCipherSuites());
    }
    if (given.getNeedClientAuth()) {
      clientCertificateRequest = ClientCertificateRequest.NEED;
    } else {
      clientCertificateRequest =
          given.getWantClientAuth() ? ClientCertificateRequest.WANT : ClientCertificateRequest.NONE;
    }
    if (given.getSNIMatchers() != null) {
      sniMatchers = List.copyOf(given.getSNIMatchers());
    }
    if (given.getEndpointIdentificationAlgorithm() != null) {
      identification = given.getEndpointIdentificationAlgorithm();
    }
    if (given.getAlgorithmConstraints() != null) {
      constraints = given.getAlgorithmConstraints();
    }
    applicationProtocols = List.of(given.getApplicationProtocols());
    ownOrder = given.getUseCipherSuitesOrder();
    String[] named = groupsOf(given);
    if (named != null) {
      int[] known = ServerGroup.of(List.of(named), crypto);
      if (known.length == 0) {
        throw new IllegalArgumentException("no named group that is supported here");
      }
      groups = known;
    }
  }

  private static String @Nullable [] groupsOf(SSLParameters given) {
    MethodHandle getter = NAMED_GROUPS;
    if (getter == null) {
      return null;
    }
    try {
      return (String[]) getter.invokeExact(given);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  /** What is set; trust managers ask for the identification and the constraints here. */
  public SSLParameters get() {
    SSLParameters current = new SSLParameters(cipherSuites(), protocols());
    current.setUseCipherSuitesOrder(ownOrder);
    current.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    if (clientCertificateRequest == ClientCertificateRequest.NEED) {
      current.setNeedClientAuth(true);
    } else if (clientCertificateRequest == ClientCertificateRequest.WANT) {
      current.setWantClientAuth(true);
    }
    current.setEndpointIdentificationAlgorithm(identification);
    current.setAlgorithmConstraints(constraints);
    if (!sniMatchers.isEmpty()) {
      current.setSNIMatchers(sniMatchers);
    }
    return current;
  }

  /**
   * Names that are not spoken here are passed over where the JDK knows them; at least one of ours
   * must remain.
   */
  public void setProtocols(String @Nullable [] named) {
    protocols = remaining(ServerVersion.ENABLED, given(named), "protocol");
    versions = ServerVersion.values(protocols);
  }

  public void setCipherSuites(String @Nullable [] named) {
    List<String> chosen = new ArrayList<>(given(named));
    chosen.retainAll(supportedSuites);
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("no cipher suite that is supported here");
    }
    cipherSuites = List.copyOf(chosen);
    cipherSuiteValues = ServerCipherSuite.values(cipherSuites);
  }

  private static List<String> given(String @Nullable [] named) {
    if (named == null || Arrays.asList(named).contains(null)) {
      throw new IllegalArgumentException("null is no name");
    }
    return List.of(named);
  }

  private static List<String> remaining(List<String> known, List<String> named, String what) {
    List<String> chosen = known.stream().filter(named::contains).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("no " + what + " that is supported here");
    }
    return chosen;
  }

  String[] supportedCipherSuites() {
    return supportedSuites.toArray(String[]::new);
  }

  public String[] cipherSuites() {
    return cipherSuites.toArray(String[]::new);
  }

  public String[] protocols() {
    return protocols.toArray(String[]::new);
  }

  ProtocolVersion[] versions() {
    return versions.clone();
  }

  int[] cipherSuiteValues() {
    return cipherSuiteValues.clone();
  }

  int[] groups() {
    return groups.clone();
  }

  List<String> applicationProtocols() {
    return applicationProtocols;
  }

  Collection<SNIMatcher> sniMatchers() {
    return sniMatchers;
  }

  boolean prefersOwnOrder() {
    return ownOrder;
  }

  public ClientCertificateRequest clientCertificateRequest() {
    return clientCertificateRequest;
  }

  boolean needsClient() {
    return clientCertificateRequest == ClientCertificateRequest.NEED;
  }

  public void setClientCertificateRequest(ClientCertificateRequest wanted) {
    clientCertificateRequest = wanted;
  }

  /** The TokenBindingKeyParameters that are taken, the preferred first. */
  List<Integer> keyParameters() {
    return keyParameters;
  }

  public void setKeyParameters(List<Integer> preference) {
    keyParameters = List.copyOf(preference);
  }

  public boolean createsSessions() {
    return sessionCreation;
  }

  public void setSessionCreation(boolean allowed) {
    sessionCreation = allowed;
  }

  public @Nullable BiFunction<SSLEngine, List<String>, String> selector() {
    return selector;
  }

  public void setSelector(@Nullable BiFunction<SSLEngine, List<String>, String> chosen) {
    selector = chosen;
  }
}

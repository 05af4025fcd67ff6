package dev.holdfast.internal.issuer.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How a host's name becomes addresses. It may take its time. */
@FunctionalInterface
public interface NameLookup {
  /** The addresses, at least one, best first. */
  InetAddress[] addressesOf(String host) throws UnknownHostException;
}

package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code server.*}, named as in Spring Boot.
 *
 * @param port {@code server.port}; 0 takes a free one, 8080 is the default
 * @param address {@code server.address}: the interface to listen on; null: all of them
 * @param tls {@code server.ssl.*}; null: plain HTTP
 * @param maxHeaderBytes {@code server.max-http-request-header-size}, such as {@code 32KB}: of all a
 *     request's headers together; 8 KB is the default, as in Spring Boot
 */
record ServerSettings(
    int port, @Nullable InetAddress address, @Nullable TlsSettings tls, int maxHeaderBytes) {

  private static final String PREFIX = "server.";
  private static final String MAX_HEADER = "server.max-http-request-header-size";
  private static final Pattern KILOBYTES = Pattern.compile("([1-9][0-9]{0,3})KB");
  private static final Set<String> OWN_NAMES = Set.of("server.port", "server.address", MAX_HEADER);

  /** Reads what begins with {@code server.}; a name that is not known stops the start. */
  static ServerSettings read(Map<String, String> settings) {
    for (String name : settings.keySet()) {
      if (name.startsWith(PREFIX) && !OWN_NAMES.contains(name) && !TlsSettings.knows(name)) {
        throw new InvalidSettingException(
            name, "is not a setting of this server", "Remove it or correct its spelling");
      }
    }
    return new ServerSettings(
        port(settings.getOrDefault("server.port", "8080")),
        address(settings.get("server.address")),
        TlsSettings.read(settings),
        bytes(settings.getOrDefault(MAX_HEADER, "8KB")));
  }

  private static int bytes(String text) {
    Matcher kilobytes = KILOBYTES.matcher(text);
    if (!kilobytes.matches()) {
      throw new InvalidSettingException(
          MAX_HEADER, "is not a size", "Give a number of kilobytes, such as 32KB");
    }
    return Integer.parseInt(kilobytes.group(1)) * 1024;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the same text
    }
    throw new InvalidSettingException(
        "server.port", "is not a port", "Give a number from 0 to 65535; 0 takes a free port");
  }

  private static @Nullable InetAddress address(@Nullable String text) {
    try {
      return text == null ? null : InetAddress.getByName(text);
    } catch (UnknownHostException unknown) {
      throw new InvalidSettingException(
          "server.address", "is not an address of this machine", "Give an IP address or a name");
    }
  }
}

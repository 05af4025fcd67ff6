package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.net.IpAddress;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.servlet.wire.ConnectionPeer;
import dev.holdfast.servlet.wire.KnownContainers;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPeerTest {

  /** A request of a container that nobody knows, which says that it comes from 10.0.0.1. */
  private static HttpServletRequest unknown(Map<String, Object> attributes) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ConnectionPeerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "getRemoteAddr" -> "10.0.0.1";
                  default -> null;
                });
  }

  @Test
  void inAnUnknownContainerNobodyIsKnown_T03() {
    assertThat(ConnectionPeer.of(unknown(Map.of()))).isNull();
  }

  @Test
  void anUnknownContainerMaySayWhoItIs() {
    assertThat(ConnectionPeer.of(unknown(Map.of(HoldfastAttributes.PEER_ADDRESS, "192.0.2.7"))))
        .isEqualTo(IpAddress.parse("192.0.2.7"));
  }

  @Test
  void anUnknownContainerMaySayItWithASocketsAddress() {
    assertThat(said(new InetSocketAddress("192.0.2.7", 443)))
        .isEqualTo(IpAddress.parse("192.0.2.7"));
    assertThat(said(InetSocketAddress.createUnresolved("192.0.2.7", 443))).isNull();
    assertThat(said(new Object())).isNull();
  }

  private static @Nullable IpAddress said(Object address) {
    return ConnectionPeer.of(unknown(Map.of(HoldfastAttributes.PEER_ADDRESS, address)));
  }

  @Test
  void aZoneHasAnEnd_T04() {
    String longest = "fe80::1%" + "z".repeat(92);
    assertThat(ConnectionPeer.parse(longest)).isEqualTo(IpAddress.parse("fe80::1"));
    assertThat(ConnectionPeer.parse(longest + "z")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "192.0.2.7, 10.0.0.1", "192.0.2.7:80"})
  void whatIsNoLiteralIsNobody_T04(String said) {
    assertThat(ConnectionPeer.of(unknown(Map.of(HoldfastAttributes.PEER_ADDRESS, said)))).isNull();
  }

  @Test
  void aWrapperThatRewritesThePeerIsSeenThrough_T03() {
    HttpServletRequest wire = unknown(Map.of(HoldfastAttributes.PEER_ADDRESS, "192.0.2.7"));
    ServletRequest wrapped =
        new HttpServletRequestWrapper(new HttpServletRequestWrapper(wire)) {
          @Override
          public String getRemoteAddr() {
            return "10.0.0.1";
          }

          @Override
          public Object getAttribute(String name) {
            return "10.0.0.1";
          }
        };
    assertThat(ConnectionPeer.of(WireRequest.below(wrapped)))
        .isEqualTo(IpAddress.parse("192.0.2.7"));
  }

  @ParameterizedTest
  @CsvSource({"fe80::1%eth0,fe80::1", "fe80:0:0:0:0:0:0:1%2,fe80::1", "fe80::1,fe80::1"})
  void aLinkLocalPeerMayHaveAZone_T04(String text, String address) {
    assertThat(ConnectionPeer.parse(text)).isEqualTo(IpAddress.parse(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1%eth0", "2001:db8::1%eth0", "::1%lo", "fe80::1%", "%eth0", "%"})
  void aZoneAnywhereElseIsNobody_T04(String text) {
    assertThat(ConnectionPeer.parse(text)).isNull();
  }

  /** Containers have subclasses of their own requests. */
  @Test
  void aSubclassOfAKnownRequestIsKnown_andNoOtherRequest() {
    assertThat(KnownContainers.reader(RequestFacade.class)).isNotNull();
    assertThat(KnownContainers.reader(Subclass.class)).isNotNull();
    assertThat(KnownContainers.reader(HttpServletRequestWrapper.class)).isNull();
  }

  static final class Subclass extends RequestFacade {
    Subclass(Request request) {
      super(request);
    }
  }
}

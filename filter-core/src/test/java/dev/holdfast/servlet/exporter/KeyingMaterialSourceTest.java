package dev.holdfast.servlet.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings.Negotiation;
import dev.holdfast.configuration.settings.TokenBindingSettings.TokenBindingSource;
import dev.holdfast.tokenbinding.ProxyValue;
import dev.holdfast.tokenbinding.message.KeyParameters;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyingMaterialSourceTest {
  private static final byte[] BYTES = new byte[32];

  static {
    Arrays.fill(BYTES, (byte) 7);
  }

  private static HttpServletRequest request(Object material, Object keyParameters) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(HoldfastAttributes.EXPORTED_KEYING_MATERIAL, material);
    attributes.put(HoldfastAttributes.KEY_PARAMETERS, keyParameters);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            KeyingMaterialSourceTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getAttribute") ? attributes.get(arguments[0]) : null);
  }

  private static KeyingMaterialSource source(Negotiation negotiation, KeyParameters... taken) {
    return new KeyingMaterialSource(
        new TokenBindingSettings(
            TokenBindingSource.TLS, List.of(taken), UnknownTypes.SKIP, negotiation, ProxyValue.ID),
        List.of(new AttributeExporter()));
  }

  private static ExportedKeyingMaterial negotiated(int keyParameters) {
    return new ExportedKeyingMaterial(BYTES, keyParameters, Agreement.NEGOTIATED);
  }

  @Test
  void aConnectorsAttributesAreTheConnections() {
    assertThat(source(Negotiation.HANDSHAKE).of(request(BYTES, 2))).isEqualTo(negotiated(2));
  }

  @Test
  void anAttributeOfAnotherShapeIsNone() {
    KeyingMaterialSource source = source(Negotiation.HANDSHAKE);
    assertThat(source.of(request(null, 2))).isNull();
    assertThat(source.of(request(new byte[31], 2))).isNull();
    assertThat(source.of(request(new byte[33], 2))).isNull();
    assertThat(source.of(request("x", 2))).isNull();
    assertThat(source.of(request(BYTES, "2"))).isNull();
    assertThat(source.of(request(BYTES, -1))).isNull();
    assertThat(source.of(request(BYTES, 256))).isNull();
  }

  @Test
  void keyParametersThatAreNotTakenAreNoNegotiation_T68() {
    KeyingMaterialSource source = source(Negotiation.HANDSHAKE, KeyParameters.ECDSAP256);
    assertThat(source.of(request(BYTES, 2))).isEqualTo(negotiated(2));
    assertThat(source.of(request(BYTES, 1))).isNull();
  }

  @Test
  void withoutANegotiationTheConfigurationMustTakeItsPlace() {
    assertThat(source(Negotiation.HANDSHAKE, KeyParameters.ECDSAP256).of(request(BYTES, null)))
        .isNull();
    assertThat(source(Negotiation.CONFIGURED, KeyParameters.ECDSAP256).of(request(BYTES, null)))
        .isEqualTo(new ExportedKeyingMaterial(BYTES, 2, Agreement.CONFIGURED));
  }

  @Test
  void aWrongNegotiationIsNotReplacedByTheConfiguration() {
    KeyingMaterialSource source = source(Negotiation.CONFIGURED, KeyParameters.ECDSAP256);
    assertThat(source.of(request(BYTES, "2"))).isNull();
    assertThat(source.of(request(BYTES, 1))).isNull();
  }

  /** RFC 8471 section 7.2: or an attacker would negotiate, and leave the message out. */
  @Test
  void whoNegotiatesOnAConfiguredPortOwesTheMessageToo() {
    assertThat(source(Negotiation.CONFIGURED, KeyParameters.ECDSAP256).of(request(BYTES, 2)))
        .isEqualTo(new ExportedKeyingMaterial(BYTES, 2, Agreement.CONFIGURED));
  }

  @Test
  void theFirstWhoKnowsIsAsked() {
    KeyingMaterialExporter first = request -> null;
    KeyingMaterialExporter second = request -> negotiated(2);
    KeyingMaterialExporter third = request -> negotiated(1);
    KeyingMaterialSource source =
        new KeyingMaterialSource(
            TokenBindingSettings.of(TokenBindingSource.TLS), List.of(first, second, third));
    assertThat(source.of(request(null, null))).isEqualTo(negotiated(2));
  }

  @Test
  void anExportersOwnConfigurationDoesNotCountWithoutOurs() {
    KeyingMaterialExporter exporter =
        request -> new ExportedKeyingMaterial(BYTES, 2, Agreement.CONFIGURED);
    assertThat(
            new KeyingMaterialSource(
                    TokenBindingSettings.of(TokenBindingSource.TLS), List.of(exporter))
                .of(request(null, null)))
        .isNull();
  }
}

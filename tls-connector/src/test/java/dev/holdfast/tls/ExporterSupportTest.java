package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.tls.jetty.TokenBindingConnectionFactory;
import dev.holdfast.tls.tomcat.TokenBindingSslImplementation;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Where the JDK cannot export, nothing starts as if it could (T101). */
@Tag("verify")
class ExporterSupportTest {
  private final SSLContext context = ThrowAwayPki.create().sslContext();

  @Test
  @EnabledForJreRange(max = JRE.JAVA_24, disabledReason = "this JDK exports")
  void everyHookStopsTheStartBeforeJdk25_T101() {
    assertThatThrownBy(() -> ConnectionKeyingMaterial.capturing(context))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("JDK 25");
    assertThatThrownBy(() -> ConnectionKeyingMaterial.capturing(context.createSSLEngine()))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> TokenBindingSslImplementation.install(new Connector()))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> TokenBindingConnectionFactory.install(new Server()))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void anotherTlsLayersSessionHasNothing() {
    assertThat(ConnectionKeyingMaterial.of(null)).isNull();
    assertThat(ConnectionKeyingMaterial.of(context.createSSLEngine().getSession())).isNull();
  }

  @Test
  @NeedsExporter
  void wrappingTwiceIsWrappingOnce() {
    SSLContext once = ConnectionKeyingMaterial.capturing(context);
    assertThat(ConnectionKeyingMaterial.capturing(once)).isSameAs(once);
    assertThat(ConnectionKeyingMaterial.isCapturing(once.createSSLEngine())).isTrue();
    assertThat(ConnectionKeyingMaterial.isCapturing(context.createSSLEngine())).isFalse();
  }
}

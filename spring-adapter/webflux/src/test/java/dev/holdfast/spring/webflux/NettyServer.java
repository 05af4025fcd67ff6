package dev.holdfast.spring.webflux;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** A WebFlux application on Reactor Netty, with TLS that asks for a client certificate. */
record NettyServer(AnnotationConfigApplicationContext context, DisposableServer netty)
    implements Server {

  static NettyServer start(ServerSpec spec, Class<?>... configurations) {
    AnnotationConfigApplicationContext context =
        context(
            SettingsReader.read(spec.settings()),
            beans -> beans.registerBean(SSLContext.class, () -> spec.pki().sslContext()),
            configurations);
    return new NettyServer(
        context,
        HttpServer.create()
            .host(InetAddress.getLoopbackAddress().getHostAddress())
            .port(0)
            .forwarded(spec.forwarding() == ServerSpec.Forwarding.REWRITES)
            .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
            .secure(tls -> tls.sslContext(wantingCertificates(spec.sslContext())))
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow());
  }

  static AnnotationConfigApplicationContext context(
      HoldfastSettings settings, Class<?>... configurations) {
    return context(settings, context -> {}, configurations);
  }

  static AnnotationConfigApplicationContext context(
      HoldfastSettings settings,
      Consumer<AnnotationConfigApplicationContext> more,
      Class<?>... configurations) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(HoldfastSettings.class, () -> settings);
    // before the first request: Spring reads a file for it
    context.registerBean(
        WebHttpHandlerBuilder.SERVER_CODEC_CONFIGURER_BEAN_NAME,
        ServerCodecConfigurer.class,
        ServerCodecConfigurer::create);
    more.accept(context);
    context.register(HoldfastWebFluxConfiguration.class);
    context.register(configurations);
    context.refresh();
    return context;
  }

  /** A client that trusts whom {@code trust} trusts. */
  static HttpClient client(SSLContext trust) {
    SslContext tls =
        new JdkSslContext(
            trust,
            true,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            ApplicationProtocolConfig.DISABLED,
            ClientAuth.NONE,
            null,
            false);
    return HttpClient.create().secure(secure -> secure.sslContext(tls));
  }

  private static SslContext wantingCertificates(SSLContext tls) {
    return new JdkSslContext(
        tls,
        false,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            "h2",
            "http/1.1"),
        ClientAuth.OPTIONAL,
        null,
        false);
  }

  @Override
  public int port() {
    return netty.port();
  }

  @Override
  public int reached() {
    ContractApi api = context.getBeanProvider(ContractApi.class).getIfAvailable();
    return api == null ? 0 : api.reached();
  }

  @Override
  public void close() {
    netty.disposeNow();
    context.close();
  }
}

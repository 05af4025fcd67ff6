package dev.holdfast.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.handler.codec.http2.HttpToHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Netty's client, over the JDK's TLS or over BoringSSL. */
final class NettyHttp implements HttpPeer.Client {
  private static final int MAX_BYTES = 32 << 20;

  private final HttpPeer.Terms terms;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<String> negotiated = new CompletableFuture<>();
  private volatile CompletableFuture<HttpPeer.Reply> awaited = new CompletableFuture<>();
  private @Nullable Channel channel;

  private NettyHttp(HttpPeer.Terms terms) {
    this.terms = terms;
  }

  static NettyHttp connected(HttpPeer.Terms terms, SslProvider provider) throws Exception {
    NettyHttp client = new NettyHttp(terms);
    try {
      client.connect(tls(terms, provider));
      return client;
    } catch (Exception failed) {
      client.close();
      throw failed;
    }
  }

  private static SslContext tls(HttpPeer.Terms terms, SslProvider provider) throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(provider)
        .protocols(terms.versions())
        .trustManager(terms.pki().certificate())
        .keyManager(
            terms.identity().privateKey(), terms.identity().chain().toArray(X509Certificate[]::new))
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                terms.http2() ? List.of("h2", "http/1.1") : List.of("http/1.1")))
        .build();
  }

  private void connect(SslContext tls) throws Exception {
    channel =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(tls.newHandler(made.alloc(), "localhost", terms.port()))
                        .addLast(new Negotiated());
                  }
                })
            .connect("localhost", terms.port())
            .sync()
            .channel();
    negotiated.get(30, TimeUnit.SECONDS);
  }

  /** Chooses how HTTP is spoken. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super("http/1.1");
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      ChannelPipeline pipeline = context.pipeline();
      if (protocol.equals("h2")) {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(false);
        pipeline.addLast(
            new HttpToHttp2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(
                    new InboundHttp2ToHttpAdapterBuilder(connection)
                        .maxContentLength(MAX_BYTES)
                        .build())
                .build());
      } else {
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_BYTES));
      }
      pipeline.addLast(new Answers());
      negotiated.complete(protocol);
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      negotiated.completeExceptionally(cause);
      ChannelFuture unused = context.close();
    }
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      awaited.complete(
          new HttpPeer.Reply(
              answer.status().code(),
              negotiated.join(),
              answer.headers().get(CertificateServlet.CIPHER_SUITE),
              answer.content().toString(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      awaited.completeExceptionally(cause);
      ChannelFuture unused = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      awaited.completeExceptionally(new SSLException("the connection was closed"));
    }
  }

  @Override
  public HttpPeer.Reply send(String path, byte @Nullable [] body) throws Exception {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            body == null ? HttpMethod.GET : HttpMethod.POST,
            path,
            Unpooled.wrappedBuffer(body == null ? new byte[0] : body));
    request
        .headers()
        .set(HttpHeaderNames.HOST, "localhost:" + terms.port())
        .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    if (negotiated.join().equals("h2")) {
      request.headers().set(ExtensionHeaderNames.SCHEME.text(), "https");
    }
    awaited = new CompletableFuture<>();
    channel.writeAndFlush(request).sync();
    return awaited.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}

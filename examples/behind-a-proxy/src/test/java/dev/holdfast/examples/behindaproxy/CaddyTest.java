package dev.holdfast.examples.behindaproxy;

class CaddyTest extends ProxyContract {

  CaddyTest() {
    super(Product.CADDY);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("(header_up|request_header) -?Client-Cert.*", "");
  }
}

package dev.holdfast.examples.behindaproxy;

class NginxTest extends ProxyContract {

  NginxTest() {
    super(Product.NGINX);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("proxy_set_header X-SSL-(Cert|Client-Verify) .*", "");
  }
}

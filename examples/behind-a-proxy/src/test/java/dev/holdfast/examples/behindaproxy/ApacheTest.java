package dev.holdfast.examples.behindaproxy;

class ApacheTest extends ProxyContract {

  ApacheTest() {
    super(Product.APACHE);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("RequestHeader set X-SSL-.*", "");
  }
}

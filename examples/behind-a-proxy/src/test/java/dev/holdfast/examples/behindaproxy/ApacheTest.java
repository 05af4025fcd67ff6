package dev.holdfast.examples.behindaproxy;

import org.junit.jupiter.api.Tag;

@Tag("whole")
class ApacheTest extends ProxyContract {

  ApacheTest() {
    super(Product.APACHE);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("RequestHeader set X-SSL-.*", "");
  }
}

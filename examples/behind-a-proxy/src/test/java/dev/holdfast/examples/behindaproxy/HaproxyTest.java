package dev.holdfast.examples.behindaproxy;

import org.junit.jupiter.api.Tag;

@Tag("whole")
class HaproxyTest extends ProxyContract {

  HaproxyTest() {
    super(Product.HAPROXY);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("http-request (set-header X-SSL|del-header x-ssl).*", "");
  }
}

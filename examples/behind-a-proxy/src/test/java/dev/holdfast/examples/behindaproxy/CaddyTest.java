package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("whole")
class CaddyTest extends ProxyContract {

  CaddyTest() {
    super(Product.CADDY);
  }

  @Override
  String leaky(String configuration) {
    return configuration.replaceAll("(header_up|request_header) -?Client-Cert.*", "");
  }

  @Test
  void aResumedSessionOfTls12StillHasItsCertificate_T15() throws Exception {
    OpensslCall.installedOrSkip();

    OpensslCall first = OpensslCall.make(servers(), "-sess_out");
    OpensslCall second = OpensslCall.make(servers(), "-sess_in");

    assertThat(first.output()).contains("New, TLSv1.2", "HTTP/1.1 200 ");
    assertThat(second.output())
        .contains(
            "Reused, TLSv1.2", "HTTP/1.1 200 ", servers().identities().rightful().thumbprint());
  }
}

package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.HoldfastContract;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The contract over Spring Boot's Tomcat, on a chain with Holdfast's issuers, JWT and opaque. */
@Tag("verify")
class SpringContractTest extends HoldfastContract {

  /** The server's name, as {@link Boot#SERVER} has it. */
  String server() {
    return "tomcat";
  }

  @Override
  protected Server start(ServerSpec spec) {
    Map<String, String> properties = new HashMap<>(spec.settings());
    properties.put(Boot.SERVER, server());
    properties.put("server.http2.enabled", "true");
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      properties.put("server.forward-headers-strategy", "native");
    }
    ConfigurableApplicationContext context =
        Boot.start(spec.pki(), spec.identity(), properties, ContractApplication.class);
    assertThat(BootParts.serverOf(context)).startsWithIgnoringCase(server());
    ContractApi api = context.getBean(ContractApi.class);
    return new Server() {
      @Override
      public int port() {
        return Boot.port(context);
      }

      @Override
      public int reached() {
        return api.reached();
      }

      @Override
      public void close() {
        context.close();
      }
    };
  }

  @Test
  @Override
  @Disabled("Spring Security 7 serves a document of its own then")
  public void withoutTheSettingNothingIsServed_C40() {}
}

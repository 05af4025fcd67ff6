package dev.holdfast.spring;

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

  @Override
  protected Server start(ServerSpec spec) {
    Map<String, String> properties = new HashMap<>(spec.settings());
    properties.put("server.http2.enabled", "true");
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      properties.put("server.forward-headers-strategy", "native");
    }
    ConfigurableApplicationContext context =
        Boot.start(spec.pki(), spec.identity(), properties, ContractApplication.class);
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

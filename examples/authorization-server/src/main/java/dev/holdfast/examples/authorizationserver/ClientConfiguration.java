package dev.holdfast.examples.authorizationserver;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/** The clients: each application twice, for the two formats of access token, and the API. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

  @Bean
  RegisteredClientRepository clients(DemoProperties properties, PasswordEncoder encoder) {
    ClientFactory factory = new ClientFactory(properties, encoder);
    List<RegisteredClient> clients = new ArrayList<>();
    if (properties.apiJwkSetUri() != null) {
      clients.add(factory.introspectingByKey("signing-api", properties.apiJwkSetUri()));
    }
    clients.addAll(
        List.of(
            factory.certified("payments-app", OAuth2TokenFormat.SELF_CONTAINED),
            factory.certified("payments-app-opaque", OAuth2TokenFormat.REFERENCE),
            factory.selfSigned("self-signed-app", OAuth2TokenFormat.SELF_CONTAINED),
            factory.selfSigned("self-signed-app-opaque", OAuth2TokenFormat.REFERENCE),
            factory.legacy("legacy-app", OAuth2TokenFormat.SELF_CONTAINED),
            factory.legacy("legacy-app-opaque", OAuth2TokenFormat.REFERENCE),
            factory.tokenBound("token-binding-app", OAuth2TokenFormat.SELF_CONTAINED),
            factory.tokenBound("token-binding-app-opaque", OAuth2TokenFormat.REFERENCE),
            factory.dpopBound("dpop-app", OAuth2TokenFormat.SELF_CONTAINED),
            factory.dpopBound("dpop-app-opaque", OAuth2TokenFormat.REFERENCE),
            factory.introspecting("api")));
    return new InMemoryRegisteredClientRepository(clients);
  }

  @Bean
  ClientKeys clientKeys(DemoProperties properties) {
    return ClientKeys.read(properties.selfSignedCertificate());
  }

  /** One iteration: an API introspects on every request, and the secrets here are no secrets. */
  @Bean
  PasswordEncoder clientSecretEncoder() {
    return new Pbkdf2PasswordEncoder("", 16, 1, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
  }
}

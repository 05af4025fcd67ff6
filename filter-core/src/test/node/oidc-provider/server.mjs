// An OpenID provider on a free loopback port, which ends with its standard input.
// The one argument is a JSON file: its keys, and its clients.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { jwks, clients } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    jwks,
    clients,
    responseTypes: ['code'],
    scopes: ['accounts'],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      encryption: { enabled: true },
      introspection: { enabled: true },
      jwtIntrospection: { enabled: true },
    },
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS256', 'Ed25519', 'EdDSA'],
      introspectionSigningAlgValues: ['ES256'],
      introspectionEncryptionAlgValues: ['ECDH-ES', 'RSA-OAEP-256'],
      introspectionEncryptionEncValues: ['A128GCM', 'A128CBC-HS256'],
    },
  });
  provider.on('server_error', (context, error) => console.log(`server error: ${error.stack}`));
  server.on('request', provider.callback());
  console.log(`ready ${issuer}`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

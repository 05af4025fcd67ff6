/*
 * A client that binds tokens, over OpenSSL alone: its own handshake extension (RFC 8472), its own
 * exported keying material (RFC 5705), its own key, signature and message (RFC 8471).
 *
 *   token_binding_peer key FILE
 *     makes a P-256 key and prints its tbh
 *   token_binding_peer call PORT AUTHORITY VERSION KEY OFFER TOKEN MESSAGE CONNECTIONS
 *     makes GET /ekm of https://localhost:PORT
 *     VERSION      1.2 or 1.3, and no other
 *     OFFER        the extension's data in hexadecimal; "none" leaves it out
 *     MESSAGE      sent as Sec-Token-Binding; "own" makes one, "none" leaves it out
 *     CONNECTIONS  how many, one after the other; each offers the session of the one before
 *
 * What it sees is printed, a line of "name: value" each. The status is 0 when every connection had
 * an answer, whatever that was.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  TOKEN_BINDING = 24,  /* ExtensionType, RFC 8472 section 7 */
  PROVIDED = 0,        /* TokenBindingType, RFC 8471 section 3 */
  ECDSAP256 = 2,       /* TokenBindingKeyParameters, RFC 8471 section 3 */
  EKM_BYTES = 32,
  COORDINATE_BYTES = 32,
  POINT_BYTES = 2 * COORDINATE_BYTES,
  SIGNATURE_BYTES = 2 * COORDINATE_BYTES,
  ID_BYTES = 1 + 2 + 1 + POINT_BYTES,
  MESSAGE_BYTES = 2 + 1 + ID_BYTES + 2 + SIGNATURE_BYTES + 2,
  TEXT_BYTES = 16384
};

/* What one handshake offers and gets in the extension. */
typedef struct {
  unsigned char offer[256];
  size_t offered;
  unsigned char answer[256];
  size_t answered;
} negotiation;

static void fail(const char *what) {
  fprintf(stdout, "failed: %s", what);
  for (unsigned long error; (error = ERR_get_error()) != 0;) {
    fprintf(stdout, "; %s", ERR_reason_error_string(error));
  }
  fputc('\n', stdout);
  exit(1);
}

static void print_hex(const char *name, const unsigned char *bytes, size_t length) {
  printf("%s: ", name);
  for (size_t i = 0; i < length; i++) {
    printf("%02x", bytes[i]);
  }
  putchar('\n');
}

/* RFC 4648 section 5, without padding. */
static void base64url(const unsigned char *bytes, int length, char *text) {
  EVP_EncodeBlock((unsigned char *)text, bytes, length);
  text[strcspn(text, "=")] = '\0';
  for (; *text != '\0'; text++) {
    *text = *text == '+' ? '-' : *text == '/' ? '_' : *text;
  }
}

/* --- the extension --- */

static int add_offer(SSL *ssl, unsigned int type, unsigned int context, const unsigned char **out,
                     size_t *length, X509 *certificate, size_t index, int *alert, void *state) {
  negotiation *ours = state;
  (void)ssl, (void)type, (void)context, (void)certificate, (void)index, (void)alert;
  *out = ours->offer;
  *length = ours->offered;
  return 1;
}

static int read_answer(SSL *ssl, unsigned int type, unsigned int context, const unsigned char *in,
                       size_t length, X509 *certificate, size_t index, int *alert, void *state) {
  negotiation *ours = state;
  (void)ssl, (void)type, (void)certificate, (void)index;
  if (length > sizeof ours->answer) {
    *alert = SSL_AD_DECODE_ERROR;
    return 0;
  }
  memcpy(ours->answer, in, length);
  ours->answered = length;
  printf("answered-in: %s\n",
         context == SSL_EXT_TLS1_3_ENCRYPTED_EXTENSIONS ? "EncryptedExtensions" : "ServerHello");
  return 1;
}

/* --- the key, the ID and the message --- */

static EVP_PKEY *read_key(const char *file) {
  FILE *in = fopen(file, "r");
  EVP_PKEY *key = in == NULL ? NULL : PEM_read_PrivateKey(in, NULL, NULL, NULL);
  if (key == NULL) {
    fail("no key");
  }
  fclose(in);
  return key;
}

/* RFC 8471 section 3.2: key parameters, the length of the key, the length of the point, x, y. */
static void write_id(EVP_PKEY *key, unsigned char id[ID_BYTES]) {
  unsigned char *point = NULL; /* begins with 4: not compressed */
  if (EVP_PKEY_get1_encoded_public_key(key, &point) != 1 + POINT_BYTES || point[0] != 4) {
    fail("not a point of P-256");
  }
  id[0] = ECDSAP256;
  id[1] = 0;
  id[2] = 1 + POINT_BYTES;
  id[3] = POINT_BYTES;
  memcpy(id + 4, point + 1, POINT_BYTES);
  OPENSSL_free(point);
}

/* RFC 8471 section 3.3: type, key parameters and keying material are signed; r and s are sent. */
static void sign(EVP_PKEY *key, const unsigned char ekm[EKM_BYTES],
                 unsigned char signature[SIGNATURE_BYTES]) {
  unsigned char text[2 + EKM_BYTES] = {PROVIDED, ECDSAP256};
  unsigned char der[128];
  size_t length = sizeof der;
  memcpy(text + 2, ekm, EKM_BYTES);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) != 1
      || EVP_DigestSign(context, der, &length, text, sizeof text) != 1) {
    fail("cannot sign");
  }
  EVP_MD_CTX_free(context);
  const unsigned char *at = der;
  ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)length);
  if (pair == NULL
      || BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, COORDINATE_BYTES) < 0
      || BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + COORDINATE_BYTES, COORDINATE_BYTES) < 0) {
    fail("no signature");
  }
  ECDSA_SIG_free(pair);
}

/* RFC 8471 section 3: a list of one binding, without extensions. */
static void write_message(EVP_PKEY *key, const unsigned char ekm[EKM_BYTES], char *text) {
  unsigned char message[MESSAGE_BYTES] = {0, MESSAGE_BYTES - 2, PROVIDED};
  unsigned char *at = message + 3;
  write_id(key, at);
  at += ID_BYTES;
  *at++ = 0;
  *at++ = SIGNATURE_BYTES;
  sign(key, ekm, at);
  base64url(message, MESSAGE_BYTES, text); /* its last two bytes are zero: no extensions */
}

/* --- a connection --- */

static SSL_CTX *client(const char *authority, const char *version, negotiation *state) {
  int number = strcmp(version, "1.2") == 0 ? TLS1_2_VERSION : TLS1_3_VERSION;
  SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
  if (tls == NULL || !SSL_CTX_set_min_proto_version(tls, number)
      || !SSL_CTX_set_max_proto_version(tls, number)
      || !SSL_CTX_load_verify_locations(tls, authority, NULL)) {
    fail("no context");
  }
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
  if (state->offered > 0
      && !SSL_CTX_add_custom_ext(tls, TOKEN_BINDING,
                                 SSL_EXT_CLIENT_HELLO | SSL_EXT_TLS1_2_SERVER_HELLO
                                     | SSL_EXT_TLS1_3_ENCRYPTED_EXTENSIONS,
                                 add_offer, NULL, state, read_answer, state)) {
    fail("no extension");
  }
  return tls;
}

static BIO *connected(SSL_CTX *tls, const char *port, SSL_SESSION *resumed, SSL **ssl) {
  BIO *transport = BIO_new_ssl_connect(tls);
  BIO_set_conn_hostname(transport, "localhost");
  BIO_set_conn_port(transport, port);
  BIO_get_ssl(transport, ssl);
  if (!SSL_set1_host(*ssl, "localhost") || !SSL_set_tlsext_host_name(*ssl, "localhost")
      || (resumed != NULL && !SSL_set_session(*ssl, resumed))) {
    fail("cannot be set up");
  }
  if (BIO_do_handshake(transport) != 1) {
    fail("no handshake");
  }
  return transport;
}

/* Writes the request and reads the whole answer. */
static void ask(BIO *connection, const char *token, const char *message) {
  static char text[TEXT_BYTES];
  int length = snprintf(text, sizeof text,
                        "GET /ekm HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        "Authorization: Bearer %s\r\n",
                        token);
  if (length >= TEXT_BYTES / 2 || strlen(message) >= TEXT_BYTES / 4) {
    fail("token or message is too long");
  }
  if (strcmp(message, "none") != 0) {
    length += snprintf(text + length, sizeof text - length, "Sec-Token-Binding: %s\r\n", message);
  }
  length += snprintf(text + length, sizeof text - length, "\r\n");
  if (BIO_write(connection, text, length) != length) {
    fail("nothing can be written");
  }
  size_t filled = 0;
  for (int got; filled < sizeof text - 1
                && (got = BIO_read(connection, text + filled, (int)(sizeof text - 1 - filled))) > 0;
       filled += (size_t)got) {
  }
  text[filled] = '\0';
  char *body = strstr(text, "\r\n\r\n");
  if (body == NULL || strncmp(text, "HTTP/1.1 ", 9) != 0) {
    fail("no answer");
  }
  printf("status: %.3s\n", text + 9);
  printf("body: %s\n", strncmp(text + 9, "200", 3) == 0 ? body + 4 : "");
}

static SSL_SESSION *call(SSL_CTX *tls, const char *port, EVP_PKEY *key, negotiation *state,
                         const char *token, const char *message, SSL_SESSION *resumed) {
  unsigned char ekm[EKM_BYTES];
  char own[2 * MESSAGE_BYTES];
  SSL *ssl;
  state->answered = 0;
  BIO *connection = connected(tls, port, resumed, &ssl);
  if (!SSL_export_keying_material(ssl, ekm, EKM_BYTES, "EXPORTER-Token-Binding",
                                  strlen("EXPORTER-Token-Binding"), NULL, 0, 0)) {
    fail("nothing is exported");
  }
  write_message(key, ekm, own);
  printf("version: %s\n", SSL_get_version(ssl));
  printf("resumed: %s\n", SSL_session_reused(ssl) ? "yes" : "no");
  print_hex("negotiated", state->answer, state->answered);
  print_hex("keying-material", ekm, EKM_BYTES);
  printf("message: %s\n", own);
  ask(connection, token, strcmp(message, "own") == 0 ? own : message);
  SSL_SESSION *session = SSL_get1_session(ssl);
  SSL_shutdown(ssl); /* a session is good for the next connection only when this one was closed */
  BIO_free_all(connection);
  SSL_SESSION_free(resumed);
  return session;
}

static int calls(char **arguments) {
  negotiation state = {.offered = 0};
  if (strcmp(arguments[4], "none") != 0
      && !OPENSSL_hexstr2buf_ex(state.offer, sizeof state.offer, &state.offered, arguments[4],
                                '\0')) {
    fail("the offer is not hexadecimal");
  }
  SSL_CTX *tls = client(arguments[1], arguments[2], &state);
  EVP_PKEY *key = read_key(arguments[3]);
  SSL_SESSION *session = NULL;
  for (int left = atoi(arguments[7]); left > 0; left--) {
    session = call(tls, arguments[0], key, &state, arguments[5], arguments[6], session);
  }
  SSL_SESSION_free(session);
  EVP_PKEY_free(key);
  SSL_CTX_free(tls);
  return 0;
}

static int make_key(const char *file) {
  unsigned char id[ID_BYTES], digest[32];
  char tbh[64];
  EVP_PKEY *key = EVP_EC_gen("P-256");
  FILE *out = fopen(file, "w");
  if (key == NULL || out == NULL || !PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL)
      || fclose(out) != 0) {
    fail("no key can be written");
  }
  write_id(key, id);
  if (!EVP_Digest(id, ID_BYTES, digest, NULL, EVP_sha256(), NULL)) {
    fail("no digest");
  }
  base64url(digest, sizeof digest, tbh);
  printf("tbh: %s\n", tbh);
  EVP_PKEY_free(key);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "key") == 0) {
    return make_key(arguments[2]);
  }
  if (count == 10 && strcmp(arguments[1], "call") == 0) {
    return calls(arguments + 2);
  }
  fprintf(stderr, "see the head of the source for the arguments\n");
  return 2;
}

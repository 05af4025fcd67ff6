// Gets DPoP-bound tokens and calls the APIs with them, as a stranger would: with oauth4webapi, which
// shares no code with Holdfast. The APIs demand nonces. Exits with 0 only when all of it went well.
//
//   ISSUER, CLIENT_ID, CLIENT_SECRET: the authorization server and a client of it
//   APIS: base URIs, separated by blanks
//   NODE_EXTRA_CA_CERTS: whom to trust
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, APIS } = process.env
const issuer = new URL(ISSUER)
const server = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { algorithm: 'oauth2' }),
)
const client = { client_id: CLIENT_ID }

async function accessToken(DPoP) {
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(CLIENT_SECRET),
    { scope: 'accounts payments' },
    { DPoP },
  )
  const tokens = await oauth.processClientCredentialsResponse(server, client, response)
  assert.equal(tokens.token_type, 'dpop')
  return tokens.access_token
}

/** Calls, and calls again where a nonce is demanded; says how many calls it took. */
async function call(token, method, uri, options) {
  for (let calls = 1; ; calls++) {
    try {
      const response = await oauth.protectedResourceRequest(
        token,
        method,
        new URL(uri),
        undefined,
        null,
        options,
      )
      return { response, calls }
    } catch (error) {
      if (calls > 1 || !oauth.isDPoPNonceError(error)) throw error
    }
  }
}

async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail('it was served'),
    (thrown) => thrown,
  )
  assert.ok(error instanceof oauth.WWWAuthenticateChallengeError, String(error))
  return [error.status, ...error.cause.map(({ scheme, parameters }) => [scheme, parameters.error])]
}

async function assertCaller(response, status, thumbprint) {
  assert.equal(response.status, status)
  const caller = await response.json()
  assert.equal(caller.client, CLIENT_ID)
  assert.equal(caller.binding, 'dpop')
  assert.equal(caller.thumbprint, thumbprint)
}

async function visit(api, algorithm) {
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(algorithm))
  const thumbprint = await DPoP.calculateThumbprint()
  const token = await accessToken(DPoP)
  const said = (text) => console.log(`${api} ${algorithm}: ${text}`)

  const first = await call(token, 'GET', `${api}/me`, { DPoP })
  assert.equal(first.calls, 2, 'the first proof has no nonce')
  await assertCaller(first.response, 200, thumbprint)
  said('a nonce was demanded, and the proof with it was taken')

  let captured
  const recording = (url, init) => fetch(url, (captured = init))
  const second = await call(token, 'POST', `${api}/payments`, { DPoP, [oauth.customFetch]: recording })
  assert.equal(second.calls, 1, 'the nonce is known by now')
  await assertCaller(second.response, 201, thumbprint)
  said('the nonce was taken again, for another proof')

  const replay = await fetch(`${api}/payments`, captured)
  assert.equal(replay.status, 401)
  assert.match(replay.headers.get('www-authenticate'), /DPoP error="invalid_dpop_proof"/)
  said('the same request again was refused')

  const moved = await fetch(`${api}/me`, captured)
  assert.equal(moved.status, 401)
  assert.match(moved.headers.get('www-authenticate'), /DPoP error="invalid_dpop_proof"/)
  said('its proof at another path was refused')

  assert.deepEqual(await refusal(call(token, 'GET', `${api}/me`, {})), [
    401,
    ['bearer', 'invalid_token'],
    ['dpop', undefined],
  ])
  said('the token alone was refused')

  const thief = oauth.DPoP(client, await oauth.generateKeyPair(algorithm))
  assert.deepEqual(await refusal(call(token, 'GET', `${api}/me`, { DPoP: thief })), [
    401,
    ['dpop', 'invalid_token'],
    ['bearer', undefined],
  ])
  said('another key was refused')
}

for (const api of APIS.split(' ')) {
  for (const algorithm of ['ES256', 'PS256']) {
    await visit(api, algorithm)
  }
}

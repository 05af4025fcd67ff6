// Two more clients that share no code with Holdfast call the APIs, which demand nonces: the fetch
// wrapper of @atproto/oauth-client, which reads the first challenge only, and the package dpop,
// which makes proofs and leaves the round trip to its caller. Exits with 0 only when all went well.
//
//   ISSUER, CLIENT_ID, CLIENT_SECRET: the authorization server and a client of it
//   APIS: base URIs, separated by blanks
//   NODE_EXTRA_CA_CERTS: whom to trust
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { JoseKey } from '@atproto/jwk-jose'
import * as dpop from 'dpop'

// the package exports no more than its entry, which does not name the wrapper
const { dpopFetchWrapper } = createRequire(import.meta.url)(
  './node_modules/@atproto/oauth-client/dist/fetch-dpop.js',
)

const { ISSUER, CLIENT_ID, CLIENT_SECRET, APIS } = process.env
const TOKEN_URI = `${ISSUER}/oauth2/token`
const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')
const tokenRequest = (headers) => ({
  method: 'POST',
  headers: { Authorization: `Basic ${basic}`, ...headers },
  body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'accounts payments' }),
})

async function accessToken(response) {
  const tokens = await response.json()
  assert.equal(response.status, 200, JSON.stringify(tokens))
  assert.equal(tokens.token_type, 'DPoP')
  return tokens.access_token
}

async function assertServed(response) {
  assert.equal(response.status, 200)
  assert.equal((await response.json()).binding, 'dpop')
}

async function atproto(api) {
  let calls = 0
  const kept = new Map()
  const call = dpopFetchWrapper({
    key: await JoseKey.generate(['ES256']),
    nonces: { get: (origin) => kept.get(origin), set: (origin, nonce) => void kept.set(origin, nonce) },
    fetch: (...request) => (calls++, fetch(...request)),
  })
  const token = await accessToken(await call(TOKEN_URI, tokenRequest({})))
  const init = { headers: { Authorization: `DPoP ${token}` } }

  calls = 0
  await assertServed(await call(`${api}/me`, init))
  assert.equal(calls, 2, 'it saw that a nonce was demanded, and called again')
  await assertServed(await call(`${api}/me`, init))
  assert.equal(calls, 3, 'the nonce is known by now')
  console.log(`${api} @atproto/oauth-client: served after the nonce round trip`)
}

async function plainProofs(api, algorithm) {
  const keys = await dpop.generateKeyPair(algorithm)
  const token = await accessToken(
    await fetch(TOKEN_URI, tokenRequest({ DPoP: await dpop.generateProof(keys, TOKEN_URI, 'POST') })),
  )
  const uri = `${api}/me`
  const proof = (nonce) => dpop.generateProof(keys, uri, 'GET', nonce, token)
  const call = async (text) =>
    fetch(uri, { headers: { Authorization: `DPoP ${token}`, DPoP: text } })

  const first = await call(await proof(undefined))
  assert.equal(first.status, 401)
  assert.match(first.headers.get('www-authenticate'), /^DPoP error="use_dpop_nonce"/)
  const good = await proof(first.headers.get('dpop-nonce'))
  await assertServed(await call(good))
  assert.equal((await call(good)).status, 401, 'the same proof again')
  console.log(`${api} dpop ${algorithm}: served after the nonce round trip`)
}

for (const api of APIS.split(' ')) {
  await atproto(api)
  for (const algorithm of ['ES256', 'PS256']) {
    await plainProofs(api, algorithm)
  }
}

// DPoP for a client that knows bearer tokens only: a fetch that signs each request (RFC 9449).
import * as DPoP from 'dpop'

export const newKeys = () => DPoP.generateKeyPair('ES256')

export async function thumbprint(keys) {
  return DPoP.calculateThumbprint(keys.publicKey)
}

/** The header fields of one request: the token, if there is one, under the scheme DPoP, and a new proof. */
export async function signed(keys, uri, method, nonce, token) {
  const { origin, pathname } = new URL(uri)
  const proof = await DPoP.generateProof(keys, origin + pathname, method, nonce, token)
  return token === undefined ? { dpop: proof } : { dpop: proof, authorization: `DPoP ${token}` }
}

/** A fetch with the keys; it makes the round trip for a nonce, and hands each exchange to `seen`. */
export function fetchWithProofs(keys, seen = () => {}) {
  const nonces = new Map()
  return async function fetchWithProofs(input, init = {}) {
    const uri = String(input)
    const { origin } = new URL(uri)
    const method = init.method ?? 'GET'
    const token = new Headers(init.headers).get('authorization')?.match(/^Bearer (.*)$/)?.[1]
    for (let attempt = 1; ; attempt++) {
      const headers = new Headers(init.headers)
      const fields = await signed(keys, uri, method, nonces.get(origin), token)
      for (const [name, value] of Object.entries(fields)) headers.set(name, value)
      const request = { ...init, headers }
      const response = await fetch(uri, request)
      seen({ uri, method, request, response })
      const nonce = response.headers.get('dpop-nonce')
      if (nonce) nonces.set(origin, nonce)
      const wanted = response.headers.get('www-authenticate')?.includes('use_dpop_nonce')
      if (!wanted || attempt > 1) return response
    }
  }
}

// Calls the MCP server as a client does that knows its address only, with the official SDK. Exits
// with 0 only when all of it went well, and the thief got nothing.
//
//   MCP_SERVER: its address
//   ISSUER, CLIENT_ID, CLIENT_SECRET: where this client is registered, and as what
//   NODE_EXTRA_CA_CERTS: whom to trust
import assert from 'node:assert/strict'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { fetchWithProofs, newKeys, thumbprint } from './proofs.mjs'

const { MCP_SERVER, ISSUER, CLIENT_ID, CLIENT_SECRET } = process.env
const server = new URL(MCP_SERVER)
const said = (text) => console.log(text)

const keys = await newKeys()
const exchanges = []
const authProvider = new ClientCredentialsProvider({
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  expectedIssuer: ISSUER, // so that no other server is ever sent the secret
})
const transport = new StreamableHTTPClientTransport(server, {
  authProvider,
  fetch: fetchWithProofs(keys, (exchange) => exchanges.push(exchange)),
})
const client = new Client({ name: 'client.mjs', version: '1.0.0' })
await client.connect(transport)

const [first, ...rest] = exchanges
assert.equal(first.response.status, 401)
const metadata = first.response.headers.get('www-authenticate').match(/resource_metadata="([^"]+)"/)[1]
said('401 names the metadata')
assert.equal(rest[0].uri, metadata)
assert.equal(rest[0].response.status, 200)
const tokenRequest = exchanges.find(({ request }) => String(request.body).includes('grant_type='))
assert.equal(new URLSearchParams(tokenRequest.request.body).get('resource'), server.href)
assert.notEqual(new URL(tokenRequest.uri).origin, server.origin)
said('the metadata names the authorization server, which was asked for a token for this resource')
assert.equal(authProvider.tokens().token_type, 'DPoP')
said('the token is bound to the key of the proof')

const { tools } = await client.listTools()
assert.ok(tools.some(({ name }) => name === 'whoami'))
const { content, isError } = await client.callTool({ name: 'whoami', arguments: {} })
assert.ok(!isError)
const caller = JSON.parse(content[0].text)
assert.equal(caller.client, CLIENT_ID)
assert.equal(caller.binding, 'dpop')
assert.equal(caller.thumbprint, await thumbprint(keys))
said('whoami knows the client and its key')

const proofs = exchanges.map(({ request }) => request.headers.get('dpop'))
assert.equal(new Set(proofs).size, proofs.length)
said('each request had a proof of its own')

const call = exchanges.findLast(({ request }) => String(request.body).includes('tools/call'))
const replay = await fetch(call.uri, call.request)
assert.equal(replay.status, 401)
assert.match(replay.headers.get('www-authenticate'), /^DPoP error="invalid_dpop_proof"/)
said('the same request again was refused')

const { access_token } = authProvider.tokens()
const stolen = { method: 'POST', body: call.request.body, headers: new Headers(call.request.headers) }
stolen.headers.delete('dpop')
stolen.headers.set('authorization', `Bearer ${access_token}`)
const bearer = await fetch(server, stolen)
assert.equal(bearer.status, 401)
assert.match(bearer.headers.get('www-authenticate'), /^Bearer error="invalid_token"/)
said('the stolen token alone was refused')

const thief = await fetchWithProofs(await newKeys())(server, stolen)
assert.equal(thief.status, 401)
assert.match(thief.headers.get('www-authenticate'), /^DPoP error="invalid_token"/)
said('the stolen token with the key of the thief was refused')

await transport.terminateSession()
assert.equal(exchanges.at(-1).method, 'DELETE')
assert.equal(exchanges.at(-1).response.status, 200)
said('the session is over')
await client.close()

// Runs the MCP conformance suite, which knows neither tokens nor proofs, against a protected server:
// a proxy on this machine adds both to each request, and changes nothing else. Writes a line for
// each check. With one argument, it runs the suite against that address, without the proxy.
//
//   MCP_SERVER, CLIENT_ID, CLIENT_SECRET, NODE_EXTRA_CA_CERTS: as in client.mjs
//   TOKEN_ENDPOINT: where the token comes from
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchWithProofs, newKeys, signed } from './proofs.mjs'

const { MCP_SERVER, TOKEN_ENDPOINT, CLIENT_ID, CLIENT_SECRET } = process.env

/** A token for the server, and its current nonce, which the first request is answered with. */
async function tokenAndNonce(keys) {
  const answers = []
  const fetchSigned = fetchWithProofs(keys, ({ response }) => answers.push(response))
  const response = await fetchSigned(TOKEN_ENDPOINT, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: MCP_SERVER }).toString(),
  })
  const { access_token } = await response.json()
  if (!access_token) throw new Error(`no token: ${response.status}`)
  await fetchSigned(MCP_SERVER, { headers: { authorization: `Bearer ${access_token}` } })
  const nonces = answers.map(({ headers }) => headers.get('dpop-nonce')).filter(Boolean)
  return { token: access_token, nonce: nonces.at(-1) }
}

/** A proxy that keeps method, path, fields and both bodies, Host included. */
async function proxy(keys, token, nonce) {
  const { hostname, port, origin } = new URL(MCP_SERVER)
  const listening = http.createServer(async (incoming, outgoing) => {
    const uri = origin + incoming.url
    const headers = { ...incoming.headers, ...(await signed(keys, uri, incoming.method, nonce, token)) }
    const own = `localhost:${listening.address().port}`
    if (headers.host === own) headers.host = `localhost:${port}`
    const onward = https.request({
      hostname,
      port,
      servername: hostname,
      path: incoming.url,
      method: incoming.method,
      headers,
    })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers)
      answer.pipe(outgoing)
      outgoing.flushHeaders()
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise((resolve) => listening.listen(0, 'localhost', resolve))
  return listening
}

async function suite(url, results) {
  const main = 'node_modules/@modelcontextprotocol/conformance/dist/index.js'
  const command = ['--import', './old-node.mjs', main, 'server', '--url', url]
  const running = spawn(
    process.execPath,
    [...command, '--spec-version', '2025-11-25', '--output-dir', results],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  await new Promise((resolve) => running.on('exit', resolve))
}

const results = await mkdtemp(join(tmpdir(), 'mcp-conformance-'))
let listening
if (process.argv[2]) {
  await suite(process.argv[2], results)
} else {
  const keys = await newKeys()
  const { token, nonce } = await tokenAndNonce(keys)
  listening = await proxy(keys, token, nonce)
  await suite(`http://localhost:${listening.address().port}${new URL(MCP_SERVER).pathname}`, results)
}
for (const folder of (await readdir(results)).sort()) {
  const scenario = folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '')
  for (const check of JSON.parse(await readFile(join(results, folder, 'checks.json'), 'utf8'))) {
    const why = check.status === 'FAILURE' ? ` ${check.errorMessage ?? ''}`.trimEnd() : ''
    console.log(`${scenario} | ${check.id} | ${check.status}${why.replaceAll('\n', ' ')}`)
  }
}
await rm(results, { recursive: true })
listening?.closeAllConnections()
listening?.close()

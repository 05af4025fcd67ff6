// The suite imports fs.globSync, which Node.js has from version 22 on, for a command that is not used
// here. Where it is missing, the suite gets an fs with one that fails.
import fs from 'node:fs'
import { register } from 'node:module'

if (!fs.globSync) {
  const withGlob = `export * from 'node:fs'
    export { default } from 'node:fs'
    export function globSync() { throw new Error('it needs Node.js 22') }`
  const hooks = `const url = 'data:text/javascript,' + ${JSON.stringify(encodeURIComponent(withGlob))}
    export async function resolve(specifier, context, next) {
      const suite = context.parentURL?.includes('/@modelcontextprotocol/conformance/')
      return suite && specifier === 'fs' ? { url, shortCircuit: true } : next(specifier, context)
    }`
  register('data:text/javascript,' + encodeURIComponent(hooks))
}

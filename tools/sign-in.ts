/**
 * `npm run sign-in`: a token for scripts. Nobody types a password into a terminal: a person signs in with the browser, by authorization
 * code with PKCE, and the browser comes back to this process. Prints the access token, or the ID token of somebody of a sponsor, good for a quarter of an hour.
 *
 * HUB_URL: the dashboard's address (http://127.0.0.1:8787 if not set). HUB_SCRIPTS_CLIENT: in AWS the id of the client hub-scripts.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

const PORT = 8791
const CALLBACK = `http://localhost:${PORT}/signed-in`
const PATIENCE_MILLIS = 300_000

type SignInConfig = { readonly authorizationEndpoint: string; readonly tokenEndpoint: string; readonly scope: string }

const hub = process.env.HUB_URL ?? 'http://127.0.0.1:8787'
const client = process.env.HUB_SCRIPTS_CLIENT ?? 'scripts'
try {
  console.log(await signIn())
} catch (error) {
  console.error(
    `Expected a sign-in at ${hub}: ${(error as Error).message}. HUB_URL names the address of the dashboard.`,
  )
  process.exitCode = 1
}

async function signIn(): Promise<string> {
  const config = (await (await fetch(`${hub}/config.json`)).json()) as SignInConfig
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')]
  const address = new URL(config.authorizationEndpoint)
  address.search = new URLSearchParams({
    client_id: client,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: config.scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const coming = codeOf(state)
  console.error(`Open this address in a browser and sign in:\n${address}`)
  const answer = await fetch(config.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri: CALLBACK,
      code: await coming,
      code_verifier: verifier,
    }),
  })
  const { access_token: access, id_token: id, error } = (await answer.json()) as Answer
  // Cognito writes of which sponsor somebody is into the ID token alone; the API takes either.
  const token = access !== undefined && id !== undefined && namesSponsor(id) && !namesSponsor(access) ? id : access
  if (token === undefined) throw new Error(`the sign-in gave no token (${error ?? answer.status})`)
  return token
}

type Answer = { readonly access_token?: string; readonly id_token?: string; readonly error?: string }

function namesSponsor(token: string): boolean {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}')
  return typeof claims === 'object' && claims !== null && 'custom:sponsor' in claims
}

/** Waits for the browser to come back once, with our own state. */
function codeOf(state: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => end(() => reject(new Error('nobody signed in within 5 minutes'))), PATIENCE_MILLIS)
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', CALLBACK)
      const code = searchParams.get('code')
      if (pathname !== '/signed-in' || searchParams.get('state') !== state || code === null) {
        response.writeHead(400, { 'content-type': 'text/plain' }).end('This is not the sign-in that was asked for.')
        return
      }
      response.writeHead(200, { 'content-type': 'text/plain' }).end('Signed in. The terminal has the token.')
      end(() => resolve(code))
    })
    server.once('error', reject)
    server.listen(PORT, 'localhost')
    function end(then: () => void) {
      clearTimeout(late)
      server.close()
      server.closeIdleConnections()
      then()
    }
  })
}

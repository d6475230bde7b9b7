/**
 * Signing in on a laptop: an OpenID provider at `/oidc` (authorization code with PKCE, rotating refresh tokens) whose people are
 * demo-people.ts. Its access tokens are JWTs of the hub's own key, as Cognito's are of the pool's; ../sandbox/operators.ts
 * verifies them. In AWS its part is infra/constructs/operator-pool.ts. It lives in real time: the hub's clock may be anywhere.
 */
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { AUDIENCE, groupsOf, type OperatorKey } from '../sandbox/operators.ts'
import { DEMO_PEOPLE, personOf, subjectOf } from './demo-people.ts'
import { type Language, PAGE_POLICY, problemPage, STYLE_PATH, signInPage, signOutPage } from './pages.ts'

export const SIGN_IN_PREFIX = '/oidc'
export const DASHBOARD_CLIENT = 'dashboard'
/** Where tools/sign-in.ts waits for the browser. */
const SCRIPTS_CALLBACK = 'http://localhost:8791/signed-in'
const RESOURCE = 'urn:hub:console'
const SCOPE = 'openid profile'
const MINUTES = 60
const HOURS = 3_600
const FORM_LIMIT_BYTES = 4_096
const INTERACTION = /^\/oidc\/interaction\/([\w-]+)$/

export type SignIn = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/** What the dashboard must know of the sign-in: `/config.json`. */
export function signInConfig(origin: string) {
  const at = (name: string) => `${origin}${SIGN_IN_PREFIX}/${name}`
  return {
    issuer: `${origin}${SIGN_IN_PREFIX}`,
    clientId: DASHBOARD_CLIENT,
    scope: SCOPE,
    authorizationEndpoint: at('auth'),
    tokenEndpoint: at('token'),
    revocationEndpoint: at('token/revocation'),
    endSessionEndpoint: at('session/end'),
  }
}

/** `origin` is asked when the first browser comes: the port is known by then. */
export function localSignIn(key: OperatorKey, origin: () => string): SignIn {
  const style = readFileSync(path.join(import.meta.dirname, 'sign-in.css'))
  let provider: Promise<Provider> | undefined
  return async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', origin())
    if (pathname === STYLE_PATH) return reply(outgoing, 200, 'text/css', style)
    provider ??= startProvider(key, origin())
    const interaction = INTERACTION.test(pathname)
    if (!interaction) return atProvider(await provider, incoming, outgoing)
    try {
      await interact(await provider, incoming, outgoing, pathname)
    } catch {
      reply(outgoing, 400, 'text/html; charset=utf-8', problemPage('This sign-in has ended. Please start again.'))
    }
  }
}

/** Loaded when somebody signs in: most hubs, those of tests above all, never see a browser. */
async function startProvider(key: OperatorKey, origin: string): Promise<Provider> {
  const { Provider } = await import('oidc-provider')
  return new Provider(`${origin}${SIGN_IN_PREFIX}`, configurationOf(key, origin))
}

/** The provider finds out where it is mounted by what the request was before. */
async function atProvider(provider: Provider, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const asMounted = incoming as IncomingMessage & { originalUrl?: string }
  asMounted.originalUrl = incoming.url ?? '/'
  incoming.url = asMounted.originalUrl.slice(SIGN_IN_PREFIX.length) || '/'
  await provider.callback()(incoming, outgoing)
}

async function interact(
  provider: Provider,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pathname: string,
): Promise<void> {
  const { params } = await provider.interactionDetails(incoming, outgoing)
  const language = languageOf(String(params.ui_locales ?? ''))
  if (incoming.method !== 'POST')
    return reply(outgoing, 200, 'text/html; charset=utf-8', signInPage(pathname, language))
  const chosen = new URLSearchParams(await formOf(incoming)).get('person')
  const person = DEMO_PEOPLE.find(({ role }) => role === chosen)
  if (person === undefined) return reply(outgoing, 400, 'text/html; charset=utf-8', signInPage(pathname, language))
  const login = { accountId: subjectOf(person), remember: true }
  await provider.interactionFinished(incoming, outgoing, { login }, { mergeWithLastSubmission: false })
}

function configurationOf({ privateJwk, secret }: OperatorKey, origin: string): Configuration {
  const client = (clientId: string, redirect: string, after: string[]) => ({
    client_id: clientId,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const],
    redirect_uris: [redirect],
    post_logout_redirect_uris: after,
  })
  return {
    clients: [client(DASHBOARD_CLIENT, `${origin}/signed-in`, [`${origin}/`]), client('scripts', SCRIPTS_CALLBACK, [])],
    jwks: { keys: [{ ...privateJwk, kid: 'hub', alg: 'RS256', use: 'sig' }] as never },
    cookies: { keys: [secret] },
    claims: { openid: ['sub', 'cognito:groups', 'custom:sponsor'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: 15 * MINUTES,
      AuthorizationCode: MINUTES,
      IdToken: 15 * MINUTES,
      RefreshToken: 12 * HOURS,
      Grant: 12 * HOURS,
      Session: 12 * HOURS,
      Interaction: HOURS,
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: askWhetherToLeave },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 15 * MINUTES,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_ctx, { uid }) => `${SIGN_IN_PREFIX}/interaction/${uid}` },
    extraTokenClaims: (_ctx, token) => claimsOf('accountId' in token ? String(token.accountId) : ''),
    findAccount: (_ctx, subject) => {
      const person = personOf(subject)
      if (person === undefined) return undefined
      return { accountId: subject, claims: () => ({ sub: subject, name: person.name, ...claimsOf(subject) }) }
    },
    loadExistingGrant,
    renderError: (ctx, { error_description, error }) => {
      asPage(ctx, problemPage(error_description ?? error))
    },
  }
}

function claimsOf(subject: string) {
  const person = personOf(subject)
  return { ...(person === undefined ? { 'cognito:groups': [] } : groupsOf(person.role)), token_use: 'access' }
}

/** The dashboard is our own: nobody is asked whether it may know who they are. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider, result } = ctx.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  if (found !== undefined) return found
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(SCOPE)
  grant.addResourceScope(RESOURCE, 'openid')
  await grant.save()
  return grant
}

function askWhetherToLeave(ctx: KoaContextWithOIDC, form: string): void {
  asPage(ctx, signOutPage(form, languageOf(String(ctx.query.ui_locales ?? ctx.get('accept-language')))))
}

function asPage(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html'
  ctx.set('content-security-policy', PAGE_POLICY)
  ctx.body = html
}

function languageOf(asked: string): Language {
  return asked.startsWith('en') ? 'en' : 'id'
}

function reply(outgoing: ServerResponse, status: number, type: string, body: string | Buffer): void {
  outgoing.writeHead(status, {
    'content-type': type,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  })
  outgoing.end(body)
}

async function formOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming) {
    text += chunk
    if (text.length > FORM_LIMIT_BYTES) return ''
  }
  return text
}

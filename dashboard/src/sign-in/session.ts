/**
 * Who is signed in: authorization code with PKCE, tokens in the memory of this page and nowhere else.
 *
 * Promises: no token ever stands in storage, in an address or in a log; a token is renewed before it ends; signing out revokes
 * it and reaches every tab. What survives the way to the sign-in and back (state, verifier, the page one wanted) is in session
 * storage and gone when one returns. Knows nothing of React: `subscribe` and `current` are what it shows.
 */
import * as oauth from 'oauth4webapi'
import { readLanguage } from '../i18n/preferences.ts'
import { type Permission, permissionsOf, type Role, rolesIn } from './permissions.ts'

type SignInConfig = {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string
  readonly endSessionEndpoint: string
}
export type Person = {
  readonly subject: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
}
export type Session =
  | { readonly state: 'starting' }
  | { readonly state: 'signed-out'; readonly why: 'new' | 'ended' | 'left' | 'failed' }
  | { readonly state: 'signed-in'; readonly person: Person }

type Tokens = { readonly access: string; readonly refresh: string | undefined; readonly endsAt: number }
type Journey = { readonly state: string; readonly nonce: string; readonly verifier: string; readonly to: string }

const CALLBACK = '/signed-in'
const JOURNEY = 'sign-in-journey'
/** Says that this tab has been signed in, so that a reload asks the sign-in at once. It holds nothing else. */
const SIGNED_IN_HERE = 'signed-in-here'
const RENEW_BEFORE_MILLIS = 60_000
const LEAST_LIFE_MILLIS = 5_000

let session: Session = { state: 'starting' }
let tokens: Tokens | undefined
let renewing: Promise<Tokens | undefined> | undefined
let loadedConfig: Promise<SignInConfig> | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const otherTabs = new BroadcastChannel('session')
otherTabs.onmessage = () => forget('left')

export function current(): Session {
  return session
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the start of the page will leave for the sign-in at once, as after a reload. */
export function isLeaving(): boolean {
  return location.pathname !== CALLBACK && sessionStorage.getItem(SIGNED_IN_HERE) !== null
}

/** The page that the person will see: on the way back from the sign-in the one that was asked for. */
export function landingPath(): string {
  if (location.pathname !== CALLBACK) return location.pathname
  const kept = sessionStorage.getItem(JOURNEY)
  return kept === null ? '/' : new URL((JSON.parse(kept) as Journey).to, location.origin).pathname
}

/** At the start of the page: comes back from the sign-in, asks it again after a reload, or waits for the person. */
export async function start(): Promise<void> {
  if (location.pathname === CALLBACK) return comeBack()
  if (!isLeaving()) return set({ state: 'signed-out', why: 'new' })
  await signIn(location.pathname + location.search)
}

/** Leaves for the sign-in; a living session there comes straight back. */
export async function signIn(to: string): Promise<void> {
  try {
    const config = await configOf()
    const journey: Journey = {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      verifier: oauth.generateRandomCodeVerifier(),
      to,
    }
    sessionStorage.setItem(JOURNEY, JSON.stringify(journey))
    const address = new URL(config.authorizationEndpoint)
    address.search = new URLSearchParams({
      client_id: config.clientId,
      redirect_uri: location.origin + CALLBACK,
      response_type: 'code',
      scope: config.scope,
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      ui_locales: readLanguage(),
    }).toString()
    location.assign(address)
  } catch {
    set({ state: 'signed-out', why: 'failed' })
  }
}

/** Undefined: the session has ended, and `current` says so. */
export async function accessToken(): Promise<string | undefined> {
  if (tokens === undefined) return undefined
  if (tokens.endsAt - Date.now() > LEAST_LIFE_MILLIS) return tokens.access
  return (await renew())?.access
}

/** The API did not take the token. */
export function endSession(): void {
  forget('ended')
}

export async function signOut(): Promise<void> {
  const refresh = tokens?.refresh
  const config = await configOf()
  forget('left')
  otherTabs.postMessage('left')
  if (refresh !== undefined) {
    await oauth
      .revocationRequest(serverOf(config), clientOf(config), oauth.None(), refresh, insecureOnLaptop(config))
      .catch(() => undefined)
  }
  const address = new URL(config.endSessionEndpoint)
  // Cognito reads logout_uri, other providers post_logout_redirect_uri.
  address.search = new URLSearchParams({
    client_id: config.clientId,
    logout_uri: `${location.origin}/`,
    post_logout_redirect_uri: `${location.origin}/`,
    ui_locales: readLanguage(),
  }).toString()
  location.assign(address)
}

async function comeBack(): Promise<void> {
  const kept = sessionStorage.getItem(JOURNEY)
  sessionStorage.removeItem(JOURNEY)
  const answer = new URL(location.href)
  const journey = kept === null ? undefined : (JSON.parse(kept) as Journey)
  // The code leaves the address before anything else is asked for.
  history.replaceState(null, '', journey?.to ?? '/')
  if (journey === undefined) return set({ state: 'signed-out', why: 'new' })
  try {
    const config = await configOf()
    const [server, client] = [serverOf(config), clientOf(config)]
    const parameters = oauth.validateAuthResponse(server, client, answer, journey.state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      location.origin + CALLBACK,
      journey.verifier,
      insecureOnLaptop(config),
    )
    const given = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: journey.nonce,
      requireIdToken: true,
    })
    keep(given)
    sessionStorage.setItem(SIGNED_IN_HERE, 'yes')
    set({ state: 'signed-in', person: personOf(oauth.getValidatedIdTokenClaims(given)) })
  } catch {
    forget('failed')
  }
}

function renew(): Promise<Tokens | undefined> {
  renewing ??= renewOnce().finally(() => {
    renewing = undefined
  })
  return renewing
}

async function renewOnce(): Promise<Tokens | undefined> {
  const refresh = tokens?.refresh
  if (refresh === undefined) {
    forget('ended')
    return undefined
  }
  try {
    const config = await configOf()
    const [server, client] = [serverOf(config), clientOf(config)]
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      refresh,
      insecureOnLaptop(config),
    )
    return keep(await oauth.processRefreshTokenResponse(server, client, response), refresh)
  } catch (error) {
    // Without a network the session is not over: the next call asks again.
    if (error instanceof TypeError) throw error
    forget('ended')
    return undefined
  }
}

function keep(given: oauth.TokenEndpointResponse, before?: string): Tokens {
  const life = (given.expires_in ?? 300) * 1_000
  tokens = { access: given.access_token, refresh: given.refresh_token ?? before, endsAt: Date.now() + life }
  clearTimeout(timer)
  timer = setTimeout(() => void renew().catch(() => undefined), Math.max(life - RENEW_BEFORE_MILLIS, LEAST_LIFE_MILLIS))
  return tokens
}

function forget(why: 'ended' | 'left' | 'failed'): void {
  tokens = undefined
  clearTimeout(timer)
  sessionStorage.removeItem(SIGNED_IN_HERE)
  set({ state: 'signed-out', why })
}

function set(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

function personOf(claims: oauth.IDToken | undefined): Person {
  const roles = rolesIn(claims?.['cognito:groups'])
  const name = [claims?.name, claims?.email].find((text) => typeof text === 'string' && text !== '')
  return {
    subject: claims?.sub ?? '',
    name: typeof name === 'string' ? name : (claims?.sub ?? ''),
    roles,
    permissions: permissionsOf(roles),
  }
}

function configOf(): Promise<SignInConfig> {
  loadedConfig ??= fetch('/config.json').then((response) => {
    if (!response.ok) throw new Error(`expected /config.json, got ${response.status}`)
    return response.json() as Promise<SignInConfig>
  })
  loadedConfig.catch(() => {
    loadedConfig = undefined
  })
  return loadedConfig
}

function serverOf(config: SignInConfig): oauth.AuthorizationServer {
  return {
    issuer: config.issuer,
    authorization_endpoint: config.authorizationEndpoint,
    token_endpoint: config.tokenEndpoint,
    revocation_endpoint: config.revocationEndpoint,
  }
}

function clientOf({ clientId }: SignInConfig): oauth.Client {
  return { client_id: clientId }
}

function insecureOnLaptop({ issuer }: SignInConfig) {
  return { [oauth.allowInsecureRequests]: issuer.startsWith('http://127.0.0.1:') }
}

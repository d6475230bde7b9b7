/**
 * Attacks on the console: no token, forged tokens, a role that is too small, paths and headers that hope to be routed
 * elsewhere. Every call that the API describes is tried, so a new one is attacked as soon as it is published. On a laptop also
 * the calls that only a laptop has, which a web page in a browser must not reach.
 */
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import type { Role } from '../../support/hub.ts'
import { isLoopback } from '../arena.ts'
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted } from '../attack.ts'
import { newId, snapDrafts } from '../drafts.ts'
import type { Draft } from '../wire.ts'

type Headers = readonly (readonly [string, string])[]
/** `paths` of the API's own description. */
type Described = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const PUBLIC = '/api/openapi.json'
const NO_TOKEN = ['401']
const NOT_ALLOWED = ['403 NOT_ALLOWED']
const FORGERY = { 'cognito:groups': ['admin'], token_use: 'access', sub: 'local-admin' }

export const consoleEndpoint: Family = {
  name: 'console',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const kpj = victims[0]?.kpj ?? ''
    const { body } = await arena.hub.api(null, 'GET', PUBLIC)
    const calls = callsOf(body.paths, kpj)
    const attacks = [
      ...withoutToken(arena, calls),
      ...beyondRole(arena, calls, kpj),
      ...beyondSponsor(arena, calls),
      ...(await forgedTokens(arena)),
      ...paths(arena, kpj),
      ...laptop(arena),
    ]
    return { victims, attacks }
  },
}

type ApiCall = { readonly method: string; readonly path: string }

/** Each published call, with the attacked member for a membership and a 1 for every other parameter. */
function callsOf(described: Described, kpj: string): readonly ApiCall[] {
  return Object.entries(described).flatMap(([path, operations]) =>
    METHODS.filter((method) => method in operations && path !== PUBLIC && path.startsWith('/api/')).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace('{kpj}', kpj).replaceAll(/\{\w+\}/g, '1'),
    })),
  )
}

function attack(arena: Arena, name: string, expected: readonly string[], draft: Draft): Attack {
  return drafted(arena, { channel: 'console', name, expected, draft })
}

function call(method: string, target: string, headers: Headers = [], body = ''): Draft {
  const typed: Headers = body === '' ? [] : [['content-type', 'application/json']]
  return { method, target, headers: [...typed, ...headers], body: Buffer.from(body) }
}

function bearing(arena: Arena, role: Role): readonly [string, string] {
  return ['authorization', `Bearer ${arena.hub.sandbox('operators')[role]}`]
}

function withoutToken(arena: Arena, calls: readonly ApiCall[]): readonly Attack[] {
  const token = arena.hub.sandbox('operators').admin ?? ''
  return [
    ...calls.map(({ method, path }) =>
      attack(
        arena,
        `${method} ${shown(path)} without a token`,
        NO_TOKEN,
        call(method, path, [], method === 'GET' ? '' : '{}'),
      ),
    ),
    attack(
      arena,
      'a token in the query',
      NO_TOKEN,
      call('GET', `/api/overview?access_token=${token}&authorization=Bearer%20${token}`),
    ),
    attack(
      arena,
      'a token in a cookie',
      NO_TOKEN,
      call('GET', '/api/overview', [['cookie', `authorization=Bearer ${token}`]]),
    ),
    attack(
      arena,
      'a token in another header',
      NO_TOKEN,
      call('GET', '/api/overview', [['x-authorization', `Bearer ${token}`]]),
    ),
    attack(arena, 'a token for Basic', NO_TOKEN, call('GET', '/api/overview', [['authorization', `Basic ${token}`]])),
  ]
}

/** Questions whose words are in the body, so that no address holds them, and the note of an export: whoever may read may ask. */
const ASKED_BY_POST: readonly string[] = ['/api/participants/search', '/api/searches', '/api/exports']
/** Whoever follows sponsors may call them: people of a sponsor get theirs, and record what of it they keep as a file. */
const OF_FOLLOWERS: readonly string[] = ['GET /api/sponsors', 'POST /api/exports']
/** What support may do: write how a member wants to be reached, and see personal data for a reason. */
const OF_SUPPORT = /\/contact-preferences$|^\/api\/disclosures$/

/** Whatever is no question is beyond a viewer, and nearly all of it beyond support; to ask for a closing or reopening is beyond an operator and an approver as well, to approve one beyond an operator. */
function beyondRole(arena: Arena, calls: readonly ApiCall[], kpj: string): readonly Attack[] {
  const writes = calls.filter(({ method, path }) => method !== 'GET' && !ASKED_BY_POST.includes(path))
  const asRole = (role: Role, { method, path }: ApiCall) =>
    attack(arena, `${method} ${shown(path)} by ${role}`, NOT_ALLOWED, call(method, path, [bearing(arena, role)], '{}'))
  const closing = { method: 'POST', path: `/api/memberships/${kpj}/closure` }
  const body = JSON.stringify({ reason: 'attack', on: '2026-11-20' })
  const forged: readonly Headers[] = [
    [['cognito:groups', 'admin']],
    [
      ['x-amzn-oidc-data', 'admin'],
      ['x-amzn-oidc-identity', 'admin'],
    ],
    [
      ['x-role', 'admin'],
      ['roles', 'admin'],
      ['x-forwarded-groups', 'admin'],
    ],
    [['x-apigateway-event', '{"requestContext":{"authorizer":{"jwt":{"payment-decisions":{"roles":"admin"}}}}}']],
  ]
  return [
    ...writes.map((one) => asRole('viewer', one)),
    ...writes.filter(({ path }) => !OF_SUPPORT.test(path)).map((one) => asRole('support', one)),
    asRole('operator', closing),
    asRole('approver', closing),
    asRole('operator', { ...closing, path: closing.path.replace('closure', 'reopening') }),
    asRole('operator', { ...closing, path: `${closing.path}/approval` }),
    asRole('operator', { ...closing, path: `${closing.path.replace('closure', 'reopening')}/approval` }),
    ...forged.map((headers) =>
      attack(
        arena,
        `a closure by viewer with ${headers[0]?.[0]}`,
        NOT_ALLOWED,
        call('POST', closing.path, [bearing(arena, 'viewer'), ...headers], body),
      ),
    ),
    attack(
      arena,
      'a closure by viewer with roles in body and query',
      NOT_ALLOWED,
      call('POST', `${closing.path}?roles=admin`, [bearing(arena, 'viewer')], JSON.stringify({ roles: ['admin'] })),
    ),
    attack(
      arena,
      'a closure by GET that asks to be POST',
      ['405 METHOD_NOT_ALLOWED'],
      call('GET', closing.path, [bearing(arena, 'admin'), ['x-http-method-override', 'POST']]),
    ),
    attack(
      arena,
      'two tokens, the greater last',
      NO_TOKEN,
      call('POST', closing.path, [bearing(arena, 'viewer'), bearing(arena, 'admin')], body),
    ),
  ]
}

/** Somebody of a sponsor: what is no sponsor's is refused, and another sponsor's is as if there were none. */
function beyondSponsor(arena: Arena, calls: readonly ApiCall[]): readonly Attack[] {
  const others = calls.filter(({ method, path }) => !OF_FOLLOWERS.includes(`${method} ${path}`))
  return others.map(({ method, path }) =>
    attack(
      arena,
      `${method} ${shown(path)} by somebody of another sponsor`,
      [...NOT_ALLOWED, '404 UNKNOWN_SPONSOR', '404 UNKNOWN_PROGRAM', '404 UNKNOWN_COHORT'],
      call(method, path, [bearing(arena, 'sponsor')], method === 'GET' ? '' : '{}'),
    ),
  )
}

async function forgedTokens(arena: Arena): Promise<readonly Attack[]> {
  const real = arena.hub.sandbox('operators').viewer ?? ''
  const [head = '', claims = '', mac = ''] = real.split('.')
  const known = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()) }
  const admin = part({ ...known, ...FORGERY })
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const own = (header: object, payload: object) => {
    const text = `${part(header)}.${part(payload)}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
  }
  const hashed = (header: object, key: string) => {
    const text = `${part(header)}.${admin}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const jwk = publicKey.export({ format: 'jwk' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string
  const tokens: readonly (readonly [string, string])[] = [
    ['of algorithm none', `${part({ alg: 'none', typ: 'JWT' })}.${admin}.`],
    ['of algorithm None', `${part({ alg: 'None' })}.${admin}.${mac}`],
    ['of algorithm none without its end', `${part({ alg: 'none' })}.${admin}`],
    ['with other claims under the old signature', `${head}.${admin}.${mac}`],
    ['without its signature', `${head}.${claims}.`],
    ['with a signature of zeros', `${head}.${claims}.${Buffer.alloc(256).toString('base64url')}`],
    ['with a signature cut short', `${head}.${claims}.${mac.slice(0, -4)}`],
    ['with another head under the old signature', `${part({ alg: 'RS512', kid: 'hub' })}.${claims}.${mac}`],
    ['of the right name and a key of its own', own({ alg: 'RS256', kid: 'hub' }, { ...known, ...FORGERY })],
    ['that brings its key', own({ alg: 'RS256', jwk }, { ...known, ...FORGERY })],
    [
      'that says where its key is',
      own({ alg: 'RS256', jku: 'http://127.0.0.1:9/keys', kid: 'x' }, { ...known, ...FORGERY }),
    ],
    ['whose key is a path', own({ alg: 'RS256', kid: '../../../../dev/null' }, { ...known, ...FORGERY })],
    ['hashed with a public key', hashed({ alg: 'HS256', kid: 'hub' }, pem)],
    ['hashed with nothing', hashed({ alg: 'HS256', kid: 'hub' }, '')],
    ['hashed with the word secret', hashed({ alg: 'HS256' }, 'secret')],
    ['with a list of critical heads', own({ alg: 'RS256', crit: ['b64'], b64: false }, { ...known, ...FORGERY })],
    ['that has ended', own({ alg: 'RS256', kid: 'hub' }, { ...known, exp: 1 })],
    ['for another audience', own({ alg: 'RS256', kid: 'hub' }, { ...known, aud: 'hub' })],
    ['of five parts', `${real}.x.y`],
    ['of nothing', ''],
    ['of a bank', await snapDrafts(arena, 'bni').token()],
  ]
  return tokens.map(([name, token]) =>
    attack(arena, `a token ${name}`, NO_TOKEN, call('GET', '/api/overview', [['authorization', `Bearer ${token}`]])),
  )
}

function paths(arena: Arena, kpj: string): readonly Attack[] {
  const viewer = [bearing(arena, 'viewer')]
  const rerouted: Headers = [
    ['x-original-url', '/api/overview'],
    ['x-rewrite-url', '/api/overview'],
    ['x-forwarded-prefix', '/api'],
    ['x-forwarded-uri', '/api/overview'],
  ]
  const rows: readonly (readonly [string, readonly string[], Draft])[] = [
    ['the public description and back up', NO_TOKEN, call('GET', `${PUBLIC}/../overview`)],
    ['the public description and back up, escaped', NO_TOKEN, call('GET', `${PUBLIC}%2f..%2foverview`)],
    ['the public description with a slash', NO_TOKEN, call('GET', `${PUBLIC}/`)],
    ['the public description with a semicolon', NO_TOKEN, call('GET', `${PUBLIC};/../overview`)],
    ['the API in capitals', ['404'], call('GET', '/API/overview')],
    ['a double slash at the front', ['404'], call('GET', '//api/overview')],
    ['a double slash within', ['401', '404'], call('GET', '/api//overview')],
    ['two dots into the API', ['404', '401'], call('GET', '/channels/../api/overview')],
    ['health, rerouted by headers', ['200'], call('GET', '/healthz', rerouted)],
    ['health by POST', ['404', '405'], call('POST', '/healthz', [], '{}')],
    ['a member found through two dots', ['404 NOT_FOUND'], call('GET', `/api/x/../memberships/${kpj}`, viewer)],
    ['a member of a prototype', ['404 UNKNOWN_MEMBERSHIP'], call('GET', '/api/memberships/__proto__', viewer)],
    ['a member with a hash', ['404 UNKNOWN_MEMBERSHIP'], call('GET', `/api/memberships/${kpj}%23x`, viewer)],
    [
      'a member in Arabic digits',
      ['404 UNKNOWN_MEMBERSHIP'],
      call('GET', `/api/memberships/${encodeURIComponent('١٢٣٤٥٦٧٨٩٠١')}`, viewer),
    ],
    ['a member of every number', ['404 UNKNOWN_MEMBERSHIP'], call('GET', '/api/memberships/%2A', viewer)],
  ]
  return rows.map(([name, expected, draft]) => attack(arena, name, expected, draft))
}

/** A laptop's clock is nobody's but the owner's: no page in a browser and no forwarded header reaches it. */
function laptop(arena: Arena): readonly Attack[] {
  const isLocal = isLoopback(arena.base)
  const refused = isLocal ? ['403', '404'] : ['404', '403']
  const moved = JSON.stringify({ now: '2030-01-01T00:00:00+07:00' })
  const rows: readonly (readonly [string, readonly string[], Draft])[] = [
    [
      'the clock, from a page of somebody else',
      refused,
      call('POST', '/__local/clock', [['origin', 'https://evil.example']], moved),
    ],
    ['the clock, from a page without origin', refused, call('POST', '/__local/clock', [['origin', 'null']], moved)],
    [
      'the clock, under the name of somebody else',
      refused,
      call('POST', '/__local/clock', [['host', 'evil.example']], moved),
    ],
    [
      'a fault, from a page of somebody else',
      refused,
      call('POST', '/__local/fault', [['origin', 'https://evil.example']], '{}'),
    ],
    ['the clock, rerouted', ['200'], call('GET', '/healthz', [['x-original-url', '/__local/clock']])],
    ['the clock, through two dots', ['404', '401'], call('POST', '/channels/../__local/clock', [], moved)],
    ['the clock, by a double slash', ['404'], call('POST', '//__local/clock', [], moved)],
  ]
  return rows.map(([name, expected, draft]) => attack(arena, name, expected, draft))
}

/** Signed for the time as it was when the attacks began: refused if one of them had moved the clock. */
export const consoleAfterwards: Family = {
  name: 'console, afterwards',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const bank = snapDrafts(arena, 'bni')
    const draft = await bank.draft('inquiry', bank.inquiryBody({ id: newId(), customer: victims[0]?.nik ?? '' }))
    const name = 'control: the time is what it was'
    return { victims, attacks: [drafted(arena, { channel: 'bni', name, expected: ['200 2002400'], draft })] }
  },
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Without the member's number. */
function shown(path: string): string {
  return path.replace(/\d{11}/, '{kpj}')
}

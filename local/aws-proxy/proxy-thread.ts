/** The proxy's thread: one HTTP server on 127.0.0.1. See aws-proxy.ts; the permissions of a call are in ../iam/operations.ts. */
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { hubClock } from '../clock.ts'
import { evidenceFolder } from '../emulators/firehose/evidence-folder.ts'
import { signingKey } from '../emulators/kms/signing-key.ts'
import { tableWrites } from '../event-sources/table-writes.ts'
import type { NoticeService } from '../iam/notice-permissions.ts'
import { objectPermissionsFrom } from '../iam/object-permissions.ts'
import { type Body, type Call, callOf, isWrite, permissionsFrom, secretPermissions } from '../iam/operations.ts'
import { type Permission, type Policy, policyOf } from '../iam/policy.ts'
import { readLineage, TRACE_ATTRIBUTE } from '../lambda-runtime/lineage.ts'
import { bytesOf } from '../message-bytes.ts'
import { putSecret, readSecret, secretWrittenAt } from '../sandbox/secrets.ts'
import type { ProxyTask } from './aws-proxy.ts'
import { type FaultKind, faultInjector } from './faults.ts'
import { deniedNotice, failOnPurpose, noticeServiceOf, sendError } from './notice-calls.ts'
import { answerS3Call, isS3Call } from './object-calls.ts'

const { assembly, dynamodb, sqs, s3, notices, cloudwatch, dataDir, clock, identities, injected, writes } =
  workerData as ProxyTask
const requiredBy = permissionsFrom(assembly)
const requiredByS3 = objectPermissionsFrom(assembly.buckets)
const s3Target = { url: new URL(s3), agent: new Agent({ keepAlive: true, maxSockets: 96 }) }
const evidence = evidenceFolder(dataDir, hubClock(clock).now)
const auditKey = signingKey(dataDir)
const faults = faultInjector(injected)
const written = tableWrites(
  writes,
  assembly.tables.map(({ name }) => name),
)
const secretPlans = new Map(assembly.secrets.map((secret) => [secret.name, secret]))
const targets = {
  dynamodb: { url: new URL(dynamodb), agent: new Agent({ keepAlive: true, maxSockets: 96 }) },
  sqs: { url: new URL(sqs), agent: new Agent({ keepAlive: true, maxSockets: 96 }) },
  notices: { url: new URL(notices), agent: new Agent({ keepAlive: true, maxSockets: 16 }) },
  cloudwatch: { url: new URL(cloudwatch), agent: new Agent({ keepAlive: true, maxSockets: 8 }) },
}

type Caller = { readonly folder: string; readonly name: string; readonly roleArn: string; readonly policy: Policy }
const callers = new Map<string, Caller>()
for (const { functionArn, accessKeyId, sessionToken } of identities) {
  const planned = assembly.functions.find(({ arn }) => arn === functionArn)
  if (planned === undefined) continue
  const { folder, name, role } = planned
  const caller = { folder, name, roleArn: role.arn, policy: policyOf(role.statements) }
  callers.set(accessKeyId, caller)
  callers.set(sessionToken, caller)
}

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error: Error) => {
    if (outgoing.headersSent) outgoing.destroy()
    else fail(outgoing, 500, 'InternalServerError', `the local proxy failed: ${error.message}`)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as { port: number }).port))
parentPort?.on('message', (message: 'stop' | { readonly faults: Parameters<typeof faults.arm>[0] }) => {
  if (message !== 'stop') return faults.arm(message.faults)
  server.closeAllConnections()
  server.close(async () => {
    await evidence.close()
    process.exit(0)
  })
})

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const accessKeyId = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? ''
  const caller = callers.get(accessKeyId)
  if (caller !== undefined && isS3Call(incoming)) return answerS3(caller, incoming, outgoing)
  const body = await bytesOf(incoming)
  if (incoming.method === 'GET' && incoming.url?.startsWith('/secretsmanager/get?'))
    return answerSecret(incoming, outgoing)
  if (caller === undefined) {
    return fail(outgoing, 400, 'UnrecognizedClientException', 'The security token included in the request is invalid.')
  }
  const noticeService = noticeServiceOf(incoming)
  if (noticeService !== undefined) return answerNotice(caller, noticeService, incoming, body, outgoing)
  const target = String(incoming.headers['x-amz-target'] ?? '')
  const call = callOf(target)
  const parsed = call && parse(body)
  if (!call || !parsed) return deny(outgoing, caller, { action: target || 'unknown', resource: '*' })
  const { permissions, touched } = requiredBy(call, parsed)
  if (permissions === null) {
    return deny(outgoing, caller, { action: `${call.service}:${call.operation}`, resource: '*' })
  }
  for (const permission of permissions) {
    const verdict = caller.policy(permission)
    if (verdict !== 'allowed') return deny(outgoing, caller, permission)
  }
  const fault = nextFault(call, [caller.folder, caller.name, ...touched])
  if (fault === 'throttle') return throttle(outgoing, call)
  if (fault === 'error') return fail(outgoing, 500, 'InternalServerError', 'injected by /__local/fault')
  if (fault === 'transaction-conflict') return conflict(outgoing, parsed)
  if (fault === 'delay') await sleep(500)
  if (call.service === 'firehose') return putRecords(outgoing, parsed, fault)
  if (call.service === 'kms') return answerKms(outgoing, call, parsed, fault)
  if (call.service === 'secretsmanager') return answerSecretCall(outgoing, call, parsed, fault)
  const sent = call.service === 'sqs' ? withTraceHeader(call, parsed, incoming) : undefined
  const forwarded = forward(call.service, incoming, sent ?? body, outgoing, fault)
  if (!isWrite(call)) return forwarded
  await forwarded.finally(() => {
    for (const table of touched) written.get(table)?.note()
  })
}

/** What SQS does with the trace header of a call that sends: every message carries it on. Undefined: the body stays as it came. */
function withTraceHeader({ operation }: Call, body: Body, { headers }: IncomingMessage): Buffer | undefined {
  const header = String(headers['x-amzn-trace-id'] ?? '')
  if (readLineage(header).size === 0 || !operation.startsWith('SendMessage')) return undefined
  const withTrace = (message: Body): Body => ({
    ...message,
    MessageAttributes: {
      ...(message.MessageAttributes as object | undefined),
      [TRACE_ATTRIBUTE]: { DataType: 'String', StringValue: header },
    },
  })
  const entries = body.Entries as readonly Body[] | undefined
  return Buffer.from(
    JSON.stringify(entries === undefined ? withTrace(body) : { ...body, Entries: entries.map(withTrace) }),
  )
}

/** Before its body is read: a file streams through. */
function answerS3(caller: Caller, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const proxy = {
    target: s3Target,
    permissionsOf: requiredByS3,
    policy: caller.policy,
    inject: (touched: readonly string[]) =>
      faults.inject(['throttle', 'error', 'delay', 'timeout-after-commit'], [caller.folder, caller.name, ...touched]),
    refusal: (permission: Permission) => refusal(caller, permission),
  }
  return answerS3Call(proxy, incoming, outgoing)
}

async function answerNotice(
  caller: Caller,
  service: NoticeService,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  const denied = deniedNotice(service, incoming, parse(body), caller.policy)
  if (denied !== undefined) return sendError(outgoing, 403, 'AccessDeniedException', refusal(caller, denied))
  const fault = faults.inject(['throttle', 'error', 'delay', 'timeout-after-commit'], [caller.folder, service])
  if (failOnPurpose(service, fault, outgoing)) return
  if (fault === 'delay') await sleep(500)
  await forward('notices', incoming, body, outgoing, fault)
}

function nextFault(call: Call, touched: readonly string[]): FaultKind | undefined {
  const kinds: FaultKind[] = ['throttle', 'error', 'delay', 'timeout-after-commit']
  if (call.operation === 'TransactWriteItems') kinds.push('transaction-conflict')
  return faults.inject(kinds, touched)
}

function forward(
  service: keyof typeof targets,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  fault: FaultKind | undefined,
): Promise<void> {
  const { url, agent } = targets[service]
  const { host: _host, connection: _connection, ...headers } = incoming.headers
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      { host: url.hostname, port: url.port, method: incoming.method, path: incoming.url, agent, headers },
      (reply) => {
        if (fault === 'timeout-after-commit') {
          // The emulator has done it; the caller will never know.
          reply.resume()
          outgoing.destroy()
          return resolve()
        }
        // Collected and sent in one write: answers are small, and each chunk would be a write of its own.
        bytesOf(reply)
          .then(
            (answered) => void outgoing.writeHead(reply.statusCode ?? 502, reply.headers).end(answered),
            // It stopped halfway: so does the caller's answer.
            () => void outgoing.destroy(),
          )
          .then(resolve)
      },
    )
    onward.once('error', reject)
    onward.setHeader('content-length', body.length)
    onward.end(body)
  })
}

async function putRecords(outgoing: ServerResponse, body: Body, fault: FaultKind | undefined): Promise<void> {
  const records = (body.Records ?? [body.Record]) as readonly { readonly Data: string }[]
  await evidence.append(records.map(({ Data }) => Buffer.from(Data, 'base64')))
  if (fault === 'timeout-after-commit') return void outgoing.destroy()
  const ids = records.map(() => ({ RecordId: crypto.randomUUID() }))
  send(outgoing, 200, body.Records ? { FailedPutCount: 0, RequestResponses: ids } : { ...ids[0], Encrypted: true })
}

/** The one asymmetric key of the template; whoever may use it was asked above. */
function answerKms(outgoing: ServerResponse, { operation }: Call, body: Body, fault: FaultKind | undefined): void {
  if (fault === 'timeout-after-commit') return void outgoing.destroy()
  const answer =
    operation === 'GetPublicKey'
      ? { PublicKey: auditKey.publicKey().toString('base64') }
      : { Signature: auditKey.sign(Buffer.from(String(body.Message), 'base64')).toString('base64') }
  send(outgoing, 200, { KeyId: body.KeyId, ...answer })
}

async function answerSecret(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const caller = callers.get(String(incoming.headers['x-aws-parameters-secrets-token'] ?? ''))
  const name = new URL(incoming.url ?? '', 'http://proxy').searchParams.get('secretId') ?? ''
  const secret = secretPlans.get(name)
  if (caller === undefined) return send(outgoing, 403, { message: 'unknown token' })
  if (secret === undefined) return send(outgoing, 400, { message: 'ResourceNotFoundException' })
  for (const permission of secretPermissions(secret)) {
    if (caller.policy(permission) !== 'allowed') return deny(outgoing, caller, permission)
  }
  send(outgoing, 200, { ARN: secret.arn, Name: name, SecretString: await readSecret(dataDir, name) })
}

async function answerSecretCall(
  outgoing: ServerResponse,
  { operation }: Call,
  body: Body,
  fault: FaultKind | undefined,
): Promise<void> {
  const name = String(body.SecretId)
  const secret = secretPlans.get(name)
  if (secret === undefined) return fail(outgoing, 400, 'ResourceNotFoundException', 'no such secret')
  if (operation === 'ListSecretVersionIds') return answerVersions(outgoing, body)
  if (operation === 'PutSecretValue') await putSecret(dataDir, name, String(body.SecretString))
  if (fault === 'timeout-after-commit') return void outgoing.destroy()
  const value = operation === 'GetSecretValue' ? { SecretString: await readSecret(dataDir, name) } : {}
  send(outgoing, 200, { ARN: secret.arn, Name: name, VersionId: 'local', ...value })
}

/** When each file was written, by the machine's clock and by the hub's as it stood when that was seen: it may be moved later. */
const writings = new Map<string, { readonly file: number; readonly at: number }>()

/** A secret of a laptop has one version: its file. */
async function answerVersions(outgoing: ServerResponse, { SecretId }: Body): Promise<void> {
  const name = String(SecretId)
  const secret = secretPlans.get(name)
  if (secret === undefined) return fail(outgoing, 400, 'ResourceNotFoundException', 'no such secret')
  const file = await secretWrittenAt(dataDir, name)
  const seen = writings.get(name)
  const writing = seen?.file === file ? seen : { file, at: file + hubClock(clock).now() - Date.now() }
  writings.set(name, writing)
  const version = { VersionId: 'local', VersionStages: ['AWSCURRENT'], CreatedDate: writing.at / 1_000 }
  send(outgoing, 200, { ARN: secret.arn, Name: name, Versions: [version] })
}

function deny(outgoing: ServerResponse, caller: Caller, permission: Permission): void {
  fail(outgoing, 400, 'AccessDeniedException', refusal(caller, permission))
}

function refusal(caller: Caller, { action, resource }: Permission): string {
  const session = caller.roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')
  const message = `User: ${session}/${caller.name} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
  console.error(`Refused by the proxy: ${message}`)
  return message
}

function throttle(outgoing: ServerResponse, { service }: Call): void {
  const name = service === 'dynamodb' ? 'ProvisionedThroughputExceededException' : 'ThrottlingException'
  fail(outgoing, 400, name, 'Rate exceeded (injected by /__local/fault)')
}

function conflict(outgoing: ServerResponse, body: Body): void {
  const items = (body.TransactItems as readonly unknown[] | undefined) ?? []
  const CancellationReasons = items.map((_, i) => ({ Code: i === 0 ? 'TransactionConflict' : 'None' }))
  const type = 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException'
  send(outgoing, 400, { __type: type, message: 'Transaction cancelled [TransactionConflict]', CancellationReasons })
}

function fail(outgoing: ServerResponse, status: number, name: string, message: string): void {
  send(outgoing, status, { __type: `com.amazon.coral.service#${name}`, message })
}

function send(outgoing: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  outgoing.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
  })
  outgoing.end(text)
}

function parse(body: Buffer): Body | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Body) : null
  } catch {
    return null
  }
}

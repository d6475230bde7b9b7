/**
 * What differs between stages, and the sizes that both stacks must agree on: names, removal, retention, timeouts, limits.
 *
 * Everything here is a figure or a name that may change without reading a construct. What belongs to one
 * partner (throttle, concurrency) is in its channel's profile; what belongs to one account (domain, certificate) is a stack
 * parameter. Knows no construct.
 */
import { RemovalPolicy } from 'aws-cdk-lib'

export type Stage = {
  readonly name: string
  /** Begins every physical name: `hub-facts`, `hub/bni`. */
  readonly prefix: string
  readonly region: string
  readonly metricsNamespace: string
  /** What happens to tables, files and keys when their stack is deleted. */
  readonly removal: RemovalPolicy
  /**
   * How long a signed request cannot be deleted. COMPLIANCE: by nobody, the root user included, because the evidence is
   * worth something only when it is out of our own reach; the way to forget one is to destroy its encryption key.
   */
  readonly evidenceLock: { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly days: number }
  readonly logRetentionDays: number
  /**
   * What Lambda does with a bundle that nobody signed, where the region has a signer (`hasSigner`): `warned` where developers
   * deploy straight from their machines.
   */
  readonly unsignedCode: 'refused' | 'warned'
}

const TEN_YEARS_IN_DAYS = 3653

export const STAGES: Readonly<Record<'production' | 'rehearsal', Stage>> = {
  production: {
    name: 'production',
    prefix: 'hub',
    region: 'ap-southeast-3',
    metricsNamespace: 'hub',
    removal: RemovalPolicy.RETAIN,
    evidenceLock: { mode: 'COMPLIANCE', days: TEN_YEARS_IN_DAYS },
    logRetentionDays: 180,
    unsignedCode: 'refused',
  },
  rehearsal: {
    name: 'rehearsal',
    prefix: 'hub-rehearsal',
    region: 'ap-southeast-3',
    metricsNamespace: 'hub-rehearsal',
    removal: RemovalPolicy.DESTROY,
    evidenceLock: { mode: 'GOVERNANCE', days: 1 },
    logRetentionDays: 14,
    unsignedCode: 'warned',
  },
}

export const QUEUE_NAMES = [
  'reconcile',
  'cohort',
  'enrolment',
  'sweep',
  'import',
  'settlement',
  'notice',
  'audit',
  'decision',
  'keys',
] as const
export type QueueName = (typeof QUEUE_NAMES)[number]

export type FunctionSize = { readonly timeoutSeconds: number; readonly memoryMegabytes: number }

export type WorkSize = FunctionSize & {
  /** Messages handed to one invocation. */
  readonly batchSize: number
  /** Invocations at the same time; what the tables and the other queues are spared. */
  readonly maxConcurrency: number
  /** The oldest message is this old: somebody waits for an answer that is no longer true. */
  readonly lateAfterSeconds: number
  /** How long the queue holds a message back before anybody gets it; not at all when not given. */
  readonly delaySeconds?: number
}

/** A queue keeps a message hidden for six times the timeout of its consumer, so these two are one figure. */
export const WORK: Readonly<Record<QueueName, WorkSize>> = {
  reconcile: { timeoutSeconds: 30, memoryMegabytes: 1024, batchSize: 10, maxConcurrency: 100, lateAfterSeconds: 300 },
  cohort: { timeoutSeconds: 120, memoryMegabytes: 1024, batchSize: 10, maxConcurrency: 20, lateAfterSeconds: 900 },
  // One message is a step of one list: reading all of it, or 1,000 of its rows.
  enrolment: { timeoutSeconds: 300, memoryMegabytes: 2048, batchSize: 1, maxConcurrency: 10, lateAfterSeconds: 1800 },
  // One message is up to PAGES_PER_MESSAGE pages (shared/messages/sweep.ts): one at a time, so that its time is its own.
  sweep: { timeoutSeconds: 300, memoryMegabytes: 1024, batchSize: 1, maxConcurrency: 10, lateAfterSeconds: 7200 },
  import: { timeoutSeconds: 300, memoryMegabytes: 1024, batchSize: 1, maxConcurrency: 10, lateAfterSeconds: 1800 },
  // One day of one channel at a time, all of it in memory; five channels and a bank give no more than a handful at once.
  settlement: { timeoutSeconds: 900, memoryMegabytes: 3008, batchSize: 1, maxConcurrency: 10, lateAfterSeconds: 3600 },
  // One message is some 50,000 accounts with their facts, views and decisions.
  audit: { timeoutSeconds: 600, memoryMegabytes: 2048, batchSize: 1, maxConcurrency: 10, lateAfterSeconds: 14_400 },
  // A quarter of an hour after a decision its fact must be there: a repeat or a reversal has healed it by then, or nobody has.
  decision: {
    timeoutSeconds: 600,
    memoryMegabytes: 2048,
    batchSize: 10,
    maxConcurrency: 10,
    lateAfterSeconds: 3600,
    delaySeconds: 900,
  },
  // One message is a night: some forty keys, and what has ended.
  keys: { timeoutSeconds: 120, memoryMegabytes: 512, batchSize: 1, maxConcurrency: 2, lateAfterSeconds: 14_400 },
  notice: { timeoutSeconds: 60, memoryMegabytes: 512, batchSize: 10, maxConcurrency: 20, lateAfterSeconds: 3600 },
}

/** The counter behind the streams: how many records at once, how long they are waited for, and when it is too far behind. */
export const COUNTING = {
  timeoutSeconds: 60,
  memoryMegabytes: 512,
  batchSize: 1_000,
  windowSeconds: 10,
  lateAfterSeconds: 900,
} as const

/** The anchoring of the audit chain: few records, and nobody waits; what is not anchored after this is alarmed. */
export const ANCHORING = {
  timeoutSeconds: 60,
  memoryMegabytes: 512,
  batchSize: 100,
  windowSeconds: 2,
  lateAfterSeconds: 600,
} as const

/** Tries before a message goes to the dead-letter queue. */
export const MAX_RECEIVES = 5

/** A partner waits 10 to 30 seconds before it calls the outcome unknown; the endpoint must have spoken by then. */
export const ENDPOINT: FunctionSize = { timeoutSeconds: 10, memoryMegabytes: 1024 }

/** The gateway gives up after 30 seconds. */
export const CONSOLE: FunctionSize = { timeoutSeconds: 29, memoryMegabytes: 2048 }

/**
 * Calls of the console that run at the same time, taken out of the account's concurrency for it alone: whoever holds a token
 * can fill this room and no other, so workers keep theirs. 200 calls per second of 0.2 s need 40; a slow report needs 29 s.
 */
export const CONSOLE_CONCURRENCY = 60

/** Calls per second that the whole console may make, and the burst above it. */
export const CONSOLE_THROTTLE = { ratePerSecond: 200, burst: 400 }

/** What a route gets that names no throttle of its own. */
export const PARTNERS_DEFAULT_THROTTLE = { ratePerSecond: 10, burst: 20 }

/** Partner keys are read again after this long: an operator's rotation takes hold within it. */
export const SECRET_CACHE_SECONDS = 300

/** Roles of the console, as groups of the user pool; the first that fits decides. */
export const OPERATOR_ROLES = ['admin', 'approver', 'operator', 'support', 'viewer', 'sponsor'] as const

/**
 * Regions without AWS Signer: CloudFormation knows neither a signing profile nor a code signing config there, and refuses the
 * whole template. test/infra/code-signing.test.ts fails on the day on which the CDK knows them: then the line goes.
 */
export const REGIONS_WITHOUT_SIGNER: readonly string[] = ['ap-southeast-3']

export function hasSigner({ region }: Stage): boolean {
  return !REGIONS_WITHOUT_SIGNER.includes(region)
}

/** The stage named by `-c stage=…`; production when none is. In the region named by `-c region=…`, else in its own. */
export function stageNamed(name: string | undefined, region?: string): Stage {
  const stage = Object.entries(STAGES).find(([known]) => known === (name ?? 'production'))?.[1]
  if (stage === undefined) {
    throw new Error(`STAGE_UNKNOWN: expected one of ${Object.keys(STAGES).join(', ')}, got ${name}; correct -c stage=…`)
  }
  return { ...stage, region: region ?? stage.region }
}

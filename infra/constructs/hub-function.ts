/**
 * A function of functions/: its bundle, its own role that may do nothing yet, its log, and the alarm on crashes.
 *
 * Promises: folder = service name = what logs and metrics say; the role gains only the statements given here. Endpoints, workers
 * and the console are built on it. Knows no trigger.
 */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsLogLevel,
  ParamsAndSecretsVersions,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { type FunctionSize, SECRET_CACHE_SECONDS, type Stage } from '../stages.ts'
import { type Alarming, HubAlarm, type Impact } from './hub-alarm.ts'
import { type FilesUse, useFiles } from './permissions.ts'

export type HubFunctionProps = {
  /** Folder of functions/. */
  readonly service: string
  /** Set where one folder is deployed once per channel. */
  readonly channel?: string
  readonly description: string
  readonly code: Code
  readonly size: FunctionSize
  readonly reservedConcurrency?: number
  readonly environment: Readonly<Record<string, string>>
  readonly may: readonly PolicyStatement[]
  /** Folders of the files bucket that it reads or writes. */
  readonly files?: FilesUse
  /** Adds the extension that keeps secrets at hand. */
  readonly secrets: 'reads' | 'none'
  /**
   * `feeds itself`: it sends messages to its own queue, and its code ends each chain of them by a bound of its own. Every other
   * function is stopped by Lambda after 16 invocations in one chain.
   */
  readonly recursion?: 'feeds itself'
  /** What it means when the function crashes or runs out of time. */
  readonly whenCrashed: Impact
}

export class HubFunction extends Construct {
  readonly lambda: LambdaFunction
  readonly role: Role
  /** As it is called in AWS and in its metrics. */
  readonly name: string

  constructor(scope: Construct, id: string, alarming: Alarming, props: HubFunctionProps) {
    super(scope, id)
    const { stage } = alarming
    const name = functionName(stage, props.service, props.channel)
    this.name = name
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/${name}`,
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal,
    })
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    )
    for (const statement of props.may) this.role.addToPolicy(statement)
    if (props.files !== undefined) useFiles(this.role, props.files)
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      role: this.role,
      logGroup,
      timeout: Duration.seconds(props.size.timeoutSeconds),
      memorySize: props.size.memoryMegabytes,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      recursiveLoop: props.recursion === 'feeds itself' ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
      ...(props.secrets === 'reads' ? { paramsAndSecrets: secretsExtension() } : {}),
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.service,
        POWERTOOLS_METRICS_NAMESPACE: stage.metricsNamespace,
      },
    })
    this.alarm(alarming, props)
  }

  private alarm(alarming: Alarming, { service, channel, whenCrashed }: HubFunctionProps): void {
    new HubAlarm(this, 'Crashes', alarming, {
      heading: `${service} crashes`,
      ...(channel === undefined ? {} : { channel }),
      impact: whenCrashed,
      metric: this.lambda.metricErrors({ statistic: 'Sum', period: Duration.minutes(1) }),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: { bad: 2, window: 5 },
    })
  }
}

export function functionName({ prefix }: Stage, service: string, channel?: string): string {
  return [prefix, service, channel].filter((part) => part !== undefined).join('-')
}

function secretsExtension(): ParamsAndSecretsLayerVersion {
  return ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103, {
    cacheEnabled: true,
    secretsManagerTtl: Duration.seconds(SECRET_CACHE_SECONDS),
    // Below the two seconds that shared/runtime/secrets.ts waits, so that a slow answer differs from none.
    secretsManagerTimeout: Duration.millis(1500),
    logLevel: ParamsAndSecretsLogLevel.WARN,
  })
}
